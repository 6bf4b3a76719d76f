import { useTranslation } from 'react-i18next';
import type { EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import type { ErrorCode } from '../../../native-bridge/contract/errors.ts';
import '../../components/error-sentence.css';
import { useErrorText } from '../../components/error-text.ts';
import { useCameraState } from '../../camera/use-camera.ts';
import { useStation } from '../../client/station-context.tsx';
import { ShutterIcon } from '../../components/icons.tsx';
import { isPressing, isTyping, useShortcut } from '../../components/shortcut.ts';
import { CaptureView } from './capture-view.tsx';
import { ConsentPanel } from './consent-panel.tsx';
import { useEnrolActions, useEnrolmentCall } from './enrol-actions.ts';
import { Pane, type PaneState } from './pane.tsx';
import { PhotoView } from './photo-view.tsx';
import { findingText } from './finding-text.ts';
import { blockingAge } from './shown-findings.ts';

type Step = 'idle' | 'blocked' | 'consent' | 'capture' | 'photo';

function stepOf(enrolment: EnrolmentView | undefined): Step {
  if (enrolment?.draft.card === undefined || enrolment.restored) return 'idle';
  const { card, consent, photo } = enrolment.draft;
  if (photo !== undefined) return 'photo';
  if (blockingAge(card.findings) !== undefined) return 'blocked';
  return consent === undefined ? 'consent' : 'capture';
}

const paneStates: Readonly<Record<Step, PaneState>> = {
  idle: 'idle',
  blocked: 'trouble',
  consent: 'active',
  capture: 'active',
  photo: 'done',
};

function Idle() {
  const { t } = useTranslation();
  return (
    <div className="live__idle">
      <svg viewBox="0 0 240 200" aria-hidden="true">
        <ellipse cx="120" cy="92" rx="52" ry="68" />
        <path d="M34 196c6-44 36-60 62-64M206 196c-6-44-36-60-62-64" />
      </svg>
      <p>{t('live.idle')}</p>
    </div>
  );
}

/** Why nobody of this age may be registered, and the way out. */
function useBlocked({ card }: EnrolmentView['draft']): { readonly text: string; readonly code: ErrorCode } {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const finding = card && blockingAge(card.findings);
  if (card === undefined || finding === undefined || finding.reason === 'under-minimum')
    return { text: errorText('enrolment.under-age'), code: 'enrolment.under-age' };
  const text = `${findingText(t, finding, card.fields)}${t('card.sentenceEnd')}${errorText('enrolment.age-rule')}`;
  return { text, code: 'enrolment.age-rule' };
}

function Blocked({ draft }: { readonly draft: EnrolmentView['draft'] }) {
  const { t } = useTranslation();
  const { text, code } = useBlocked(draft);
  const { askDiscard } = useEnrolActions();
  return (
    <div className="live__blocked" role="alert" data-testid="live-blocked">
      <p className="live__blocked-title">{t('live.notAllowed')}</p>
      <p>
        {text} <small className="error-code">{t('recovery.code', { code })}</small>
      </p>
      <button type="button" className="plain-button plain-button--bad" onClick={askDiscard}>
        {t('compare.discard')} <kbd>Esc</kbd>
      </button>
    </div>
  );
}

/** Taking the picture by hand; the key belongs to whatever is being typed in. */
function ShootButton() {
  const { t } = useTranslation();
  const call = useEnrolmentCall();
  const live = useCameraState().state === 'live';
  const shoot = () => void call('capture.shoot');
  useShortcut(' ', live, (event) => {
    if (isTyping(event) || isPressing(event)) return;
    event.preventDefault();
    shoot();
  });
  return (
    <button type="button" className="plain-button" disabled={!live} onClick={shoot} data-testid="shoot">
      <ShutterIcon />
      {t('live.shoot')} <kbd>{t('help.space')}</kbd>
    </button>
  );
}

function ConsentNote({ version }: { readonly version: string }) {
  const { t } = useTranslation();
  return <>{`${t('consent.version', { version })} · ${t('consent.keys')}`}</>;
}

/** Consent, camera and photo, one after another in the same place. */
export function LivePane({ enrolment }: { readonly enrolment: EnrolmentView | undefined }) {
  const { t } = useTranslation();
  const version = useStation(({ status }) => status?.consentTextVersion ?? '');
  const step = stepOf(enrolment);
  const draft = enrolment?.draft;
  const note = { consent: <ConsentNote version={version} />, capture: <ShootButton /> };
  const retake = useEnrolmentCall();
  useShortcut('F4', step === 'photo', (event) => {
    event.preventDefault();
    void retake('enrolment.retake');
  });
  return (
    <Pane
      name="live"
      step={2}
      title={t('pane.live')}
      state={paneStates[step]}
      note={step === 'consent' || step === 'capture' ? note[step] : undefined}
    >
      {step === 'idle' && <Idle />}
      {draft && step === 'blocked' && <Blocked draft={draft} />}
      {step === 'consent' && <ConsentPanel key={draft?.id} version={version} />}
      {step === 'capture' && <CaptureView key={draft?.id} />}
      {draft?.photo && step === 'photo' && <PhotoView photo={draft.photo} />}
    </Pane>
  );
}
