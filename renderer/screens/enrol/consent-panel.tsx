import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardReading } from '../../../native-bridge/contract/card.ts';
import { useClient, useStation, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { SpeakerIcon, StopIcon } from '../../components/icons.tsx';
import { isPressing, isTyping, useShortcut } from '../../components/shortcut.ts';
import { languageOf, pairMember } from '../../i18n/language.ts';
import { say, stopSaying } from '../../sound/speech.ts';
import { type ConsentText, consentText, spokenConsent } from '../../consent/consent-text.ts';
import { useEnrolActions } from './enrol-actions.ts';
import { maskedNumber } from './number-text.ts';
import { PrintNotice } from '../../components/print-notice.tsx';
import { type GivenSignature, SigningChoice, unsigned } from './signing-choice.tsx';

function ReadAloud({ text }: { readonly text: ConsentText }) {
  const { t, i18n } = useTranslation();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => stopSaying, []);
  const toggle = () => {
    if (speaking) return stopSaying();
    setSpeaking(true);
    say(spokenConsent(text), pairMember(i18n.language) === 'zh' ? 'zh-CN' : 'en-US', () => setSpeaking(false));
  };
  return (
    <button
      type="button"
      className="plain-button"
      aria-pressed={speaking}
      onClick={toggle}
      data-testid="consent-read-aloud"
    >
      {speaking ? <StopIcon /> : <SpeakerIcon />}
      {t(speaking ? 'consent.stopReading' : 'consent.readAloud')}
    </button>
  );
}

interface TickProps {
  readonly name: 'faceData' | 'platform';
  readonly ticked: boolean;
  readonly box: RefObject<HTMLInputElement | null>;
  readonly onTick: (ticked: boolean) => void;
}

function Tick({ name, ticked, box, onTick }: TickProps) {
  const { t } = useTranslation();
  return (
    <label className={ticked ? 'tick tick--ticked' : 'tick'}>
      <input
        ref={box}
        type="checkbox"
        checked={ticked}
        data-testid={`consent-${name}`}
        onChange={(event) => onTick(event.target.checked)}
      />
      <span>{t(`consent.${name}`)}</span>
    </label>
  );
}

function Notice({ text }: { readonly text: ConsentText }) {
  return (
    <div className="consent__text" tabIndex={0} role="document" aria-label={text.title}>
      <h4>{text.title}</h4>
      {text.paragraphs.map(({ heading, text: paragraph }) => (
        <p key={heading}>
          <strong>{heading}</strong> {paragraph}
        </p>
      ))}
    </div>
  );
}

/** The two ticks and the way the keyboard reaches them: the space bar ticks the next one, Enter confirms. */
function useTicks(isSigned: boolean, confirm: () => void) {
  const [faceData, setFaceData] = useState(false);
  const [platform, setPlatform] = useState(false);
  const faceBox = useRef<HTMLInputElement>(null);
  const platformBox = useRef<HTMLInputElement>(null);
  useEffect(() => faceBox.current?.focus(), []);
  const tickFace = (ticked: boolean) => {
    setFaceData(ticked);
    if (ticked && !platform) platformBox.current?.focus();
  };
  useShortcut(' ', true, (event) => {
    if (isTyping(event) || isPressing(event)) return;
    event.preventDefault();
    if (!faceData) tickFace(true);
    else setPlatform(true);
  });
  const ready = faceData && platform && isSigned;
  useShortcut('Enter', ready, (event) => {
    if (isTyping(event) || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    confirm();
  });
  return {
    ready,
    face: { ticked: faceData, box: faceBox, onTick: tickFace },
    platform: { ticked: platform, box: platformBox, onTick: setPlatform },
  };
}

/** Who the notice is for; the paper goes to the holder, who knows the number. */
const holderOf = (card: CardReading | undefined) => ({
  name: card?.fields.name ?? '',
  maskedNumber: maskedNumber(card?.fields.number ?? ''),
});

/** Consent before the camera starts: the notice, two separate ticks, and a signature if wanted. */
export function ConsentPanel({ version }: { readonly version: string }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const { askDiscard } = useEnrolActions();
  const team = useStation(({ enrolment, status }) => enrolment?.draft.team ?? status?.team);
  const card = useStation(({ enrolment }) => enrolment?.draft.card);
  const isRequired = useStation(({ status }) => status?.signatureRequired === true);
  const [given, setGiven] = useState<GivenSignature>(() => unsigned(isRequired));
  const names = { company: team?.corpName ?? '—', project: team?.projectName ?? '—' };
  const text = consentText(version, pairMember(i18n.language), names);
  const confirm = () =>
    void act(async () => {
      const consent = {
        ...{ textVersion: version, language: languageOf(i18n.language) },
        ...({ faceData: true, provisionToPlatform: true } as const),
        ...given,
      } as const;
      station.setEnrolment((await client.call('enrolment.consent', consent)).enrolment);
    });
  const ticks = useTicks(given.signing !== undefined, confirm);
  if (text === undefined)
    return (
      <p className="live__blocked" role="alert">
        {t('consent.unknownVersion', { version })}
      </p>
    );
  return (
    <div className="consent" role="group" aria-label={t('consent.title')} data-testid="consent-panel">
      <div className="consent__head">
        <h3>{t('consent.title')}</h3>
        <PrintNotice notice={{ text, version, names, ...holderOf(card) }} />
        <ReadAloud text={text} />
      </div>
      <Notice text={text} />
      <Tick name="faceData" {...ticks.face} />
      <Tick name="platform" {...ticks.platform} />
      <SigningChoice isRequired={isRequired} onChange={setGiven} />
      <div className="consent__buttons">
        <button type="button" className="plain-button" onClick={askDiscard} data-testid="consent-refuse">
          {t('consent.refuse')} <kbd>Esc</kbd>
        </button>
        <button
          type="button"
          className="plain-button plain-button--main consent__confirm"
          disabled={!ticks.ready}
          onClick={confirm}
          data-testid="consent-confirm"
        >
          {t('consent.confirm')} <small>Enter</small>
        </button>
      </div>
    </div>
  );
}
