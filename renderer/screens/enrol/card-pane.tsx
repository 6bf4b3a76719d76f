import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReaderState } from '../../../native-bridge/contract/reader.ts';
import type { EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useStation } from '../../client/station-context.tsx';
import { CardFindings } from './card-findings.tsx';
import { CardView } from './card-view.tsx';
import { useEnrolActions } from './enrol-actions.ts';
import { Pane, type PaneState } from './pane.tsx';
import { ReaderIllustration } from './reader-illustration.tsx';
import { ReaderTrouble } from './reader-trouble.tsx';

const waitTexts = {
  searching: ['card.searchingTitle', 'card.searchingText'],
  ready: ['card.waitTitle', 'card.waitText'],
  reading: ['card.readingTitle', 'card.readingText'],
  'lift-card': ['card.liftTitle', 'card.liftText'],
} as const satisfies Record<Exclude<ReaderState['state'], 'trouble'>, readonly string[]>;

function Waiting({ state }: { readonly state: keyof typeof waitTexts }) {
  const { t } = useTranslation();
  const [title, text] = waitTexts[state];
  // What a start of the program takes is measured up to here.
  useEffect(() => {
    if (state === 'ready') performance.mark('enrol-waits-for-card');
  }, [state]);
  return (
    <div className="waiting" role="status" data-testid="card-waiting" data-reader={state}>
      <ReaderIllustration state={state} />
      <p className="waiting__title">{t(title)}</p>
      <p className="waiting__text">{t(text)}</p>
    </div>
  );
}

/** While no new enrolment may begin nobody is asked for a card. */
function Paused() {
  const { t } = useTranslation();
  return (
    <div className="waiting" role="status" data-testid="card-paused">
      <ReaderIllustration state="lift-card" />
      <p className="waiting__title">{t('card.pausedTitle')}</p>
      <p className="waiting__text">{t('card.pausedText')}</p>
    </div>
  );
}

/** A card that still lies there after this long was forgotten rather than being taken away. */
const forgottenMs = 3000;

/** Whether the card has been lying on the reader for a while since it was read. */
function useForgottenCard(): boolean {
  const lies = useStation(({ reader }) => reader?.state === 'lift-card');
  const [isForgotten, setForgotten] = useState(false);
  useEffect(() => {
    if (!lies) return undefined;
    const timer = setTimeout(() => setForgotten(true), forgottenMs);
    return () => {
      clearTimeout(timer);
      setForgotten(false);
    };
  }, [lies]);
  return isForgotten;
}

function ReadingNote({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation();
  const { askDiscard } = useEnrolActions();
  const isForgotten = useForgottenCard();
  return (
    <>
      {isForgotten ? (
        <strong data-testid="lift-card">{t('lamp.readerLift')}</strong>
      ) : (
        <span>{t('card.readIn', { seconds: seconds.toFixed(1) })}</span>
      )}
      <button type="button" className="link-button" onClick={askDiscard} data-testid="discard">
        {t('discard.open')} <kbd>Esc</kbd>
      </button>
    </>
  );
}

function paneState(
  enrolment: EnrolmentView | undefined,
  reader: ReaderState | undefined,
  isPaused: boolean,
): PaneState {
  if (enrolment?.draft.card !== undefined) {
    const { card, blackList } = enrolment.draft;
    const isListed = blackList?.state === 'listed' && blackList.blocks;
    return isListed || card.findings.some(({ level }) => level === 'block') ? 'trouble' : 'done';
  }
  return isPaused || reader?.state === 'trouble' ? 'trouble' : 'active';
}

/** The card: waits for it, shows it as a card, and what the checks found. */
export function CardPane({ enrolment }: { readonly enrolment: EnrolmentView | undefined }) {
  const { t } = useTranslation();
  const reader = useStation((snapshot) => snapshot.reader);
  const isPaused = useStation(({ status }) => status?.gates.some(({ level }) => level === 'block') ?? false);
  const card = enrolment?.draft.card;
  const note = card && <ReadingNote seconds={card.readMs / 1000} />;
  const state = reader?.state ?? 'searching';
  return (
    <Pane name="card" step={1} title={t('pane.card')} state={paneState(enrolment, reader, isPaused)} note={note}>
      {enrolment !== undefined && card !== undefined && (
        <div className="card-pane__reading">
          <CardView card={card} />
          <CardFindings card={card} enrolment={enrolment} />
        </div>
      )}
      {card === undefined && state === 'trouble' && <ReaderTrouble code={reader?.code ?? 'reader.not-found'} />}
      {card === undefined && state !== 'trouble' && (isPaused ? <Paused /> : <Waiting state={state} />)}
    </Pane>
  );
}
