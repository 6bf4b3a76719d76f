import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft, EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useStation } from '../../client/station-context.tsx';
import { BytesImage } from '../../components/bytes-image.tsx';
import { useErrorLine } from '../../components/error-text.ts';
import { offerFocus } from '../../components/shortcut.ts';
import { FindingLine } from './finding-line.tsx';
import { CardPortrait } from './card-view.tsx';
import { DecisionForm } from './decision-form.tsx';
import { DecisionView } from './decision-view.tsx';
import { useEnrolActions } from './enrol-actions.ts';
import { openFinding } from './found-face.ts';
import { LivenessLine } from './liveness-line.tsx';
import { FoundFaceView } from './found-face-view.tsx';
import { FaceSearchNotes } from './face-search-notes.tsx';
import { Pane, type PaneState } from './pane.tsx';
import { VerdictView } from './verdict-view.tsx';
import { isRefused, type Verdict, verdictOf, wantsDecision } from './verdict.ts';

function Photos({ draft }: { readonly draft: Draft | undefined }) {
  const { t } = useTranslation();
  const { card, photo } = draft ?? {};
  return (
    <div className="compare__photos">
      <figure>
        {card ? (
          <CardPortrait portrait={card.portrait} className="compare__photo" />
        ) : (
          <div className="compare__photo compare__photo--empty">{t('compare.waitingCard')}</div>
        )}
        <figcaption>{t('compare.cardPhoto')}</figcaption>
      </figure>
      <figure>
        {photo ? (
          <div className="compare__photo">
            <BytesImage bytes={photo.jpeg} type="image/jpeg" alt={t('compare.livePhoto')} testId="live-photo" />
          </div>
        ) : (
          <div className="compare__photo compare__photo--empty">{t('compare.waitingPhoto')}</div>
        )}
        <figcaption>{t('compare.livePhoto')}</figcaption>
      </figure>
    </div>
  );
}

function Notes({ draft }: { readonly draft: Draft | undefined }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const faceTrouble = useStation(({ status }) => status?.faceTrouble);
  return (
    <ul className="findings compare__notes">
      {draft?.consent && (
        <FindingLine level="ok" testId="consent-given">
          {t('compare.consented', { version: draft.consent.textVersion })}
        </FindingLine>
      )}
      {draft?.photo && draft.liveness && <LivenessLine liveness={draft.liveness} />}
      {draft?.comparison && draft.faceSearch && <FaceSearchNotes search={draft.faceSearch} />}
      {faceTrouble && (
        <FindingLine level="warn" testId="face-trouble">
          {`${t('compare.comparisonOff')} · ${errorLine(faceTrouble.code)}`}
        </FindingLine>
      )}
    </ul>
  );
}

function Refused() {
  const { t } = useTranslation();
  const { askDiscard } = useEnrolActions();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => offerFocus(button.current), []);
  return (
    <button
      ref={button}
      type="button"
      className="plain-button plain-button--bad compare__discard"
      onClick={askDiscard}
      data-testid="compare-discard"
    >
      {t('compare.discard')} <kbd>Esc</kbd>
    </button>
  );
}

function paneState(draft: Draft | undefined, verdict: Verdict): PaneState {
  if (draft === undefined || verdict === 'waiting') return 'idle';
  if (isRefused(draft)) return 'trouble';
  if (openFinding(draft) !== undefined) return 'active';
  return verdict === 'match' || draft.decision !== undefined ? 'done' : 'active';
}

/** Card photo and live photo side by side, what the comparison says, and the person's decision where one is wanted. */
function CardComparison({ draft }: { readonly draft: Draft | undefined }) {
  const verdict = draft === undefined ? 'waiting' : verdictOf(draft);
  return (
    <>
      <Photos draft={draft} />
      <VerdictView verdict={verdict} comparison={draft?.comparison} />
      {draft && wantsDecision(draft) && <DecisionForm key={draft.photo?.attempt} />}
      {draft?.decision && <DecisionView decision={draft.decision} />}
      {draft && isRefused(draft) && <Refused />}
      {!(draft && wantsDecision(draft)) && <Notes draft={draft} />}
    </>
  );
}

/** Card photo against live photo and, where there is one, a like face under another number after that. */
function CompareContent({ draft }: { readonly draft: Draft | undefined }) {
  const finding = draft && openFinding(draft);
  const { faceSearch, photo } = draft ?? {};
  if (finding && faceSearch?.kind === 'searched' && photo)
    return <FoundFaceView key={finding.face.recordId} finding={finding} search={faceSearch} photo={photo} />;
  return <CardComparison draft={draft} />;
}

/** Step 3: card against live face, and what the search under other numbers found. */
export function ComparePane({ enrolment }: { readonly enrolment: EnrolmentView | undefined }) {
  const { t } = useTranslation();
  const draft = enrolment?.draft;
  const verdict = draft === undefined ? 'waiting' : verdictOf(draft);
  return (
    <Pane name="compare" step={3} title={t('pane.compare')} state={paneState(draft, verdict)}>
      <div className="compare">
        <CompareContent draft={draft} />
      </div>
    </Pane>
  );
}
