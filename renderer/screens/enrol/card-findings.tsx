import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardReading, Finding, NativePlace } from '../../../native-bridge/contract/card.ts';
import { CheckIcon, CrossIcon, WarnIcon } from '../../components/icons.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import { useScreenActions } from '../../shell/screen-context.ts';
import { type ShownFinding, shownFindings } from './shown-findings.ts';

const marks = { ok: CheckIcon, warn: WarnIcon, block: CrossIcon };

interface LineProps {
  readonly level: Finding['level'];
  readonly children: ReactNode;
  readonly testId?: string;
}

export function FindingLine({ level, children, testId }: LineProps) {
  const Mark = marks[level];
  return (
    <li className={`finding finding--${level}`} data-testid={testId} data-level={level}>
      <Mark />
      <span>{children}</span>
    </li>
  );
}

/** The sentence for a finding's own reason where there is one, else for its level. */
function findingText(t: TFunction, finding: ShownFinding): string {
  if (finding.code === 'number-consistent') return t('card.numberConsistent');
  const { code, level, reason } = finding;
  const known: Readonly<Record<string, string>> = zhEnrol.finding[code];
  const key = reason !== undefined && Object.hasOwn(known, reason) ? reason : level;
  return t(`finding.${code}.${key as 'ok'}`);
}

function placeText(t: TFunction, place: NativePlace): string {
  if (place.level === 'unknown' || place.name === '') return t('card.nativePlaceUnknown');
  return t(place.abolished ? 'card.nativePlaceFormer' : 'card.nativePlace', { place: place.name });
}

function AlreadyEnrolled({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslation();
  const { show } = useScreenActions();
  return (
    <FindingLine level="warn" testId="already-enrolled">
      {t('card.alreadyEnrolled')}{' '}
      <button type="button" className="link-button" onClick={() => show('queue', recordId)}>
        {t('card.openRecord')}
      </button>
    </FindingLine>
  );
}

interface Props {
  readonly card: CardReading;
  readonly alreadyEnrolled: string | undefined;
}

/** What the checks of the card found; none of them alters the data. */
export function CardFindings({ card, alreadyEnrolled }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { portrait, nativePlace, newestAddress } = card;
  return (
    <ul className="findings" aria-label={t('card.findings')}>
      {alreadyEnrolled !== undefined && <AlreadyEnrolled recordId={alreadyEnrolled} />}
      {portrait.state === 'missing' && (
        <FindingLine level="warn" testId="finding-portrait">
          {errorText(portrait.code)}
          {t('card.sentenceEnd')}
          {t('card.photoMissingNext')}
        </FindingLine>
      )}
      {shownFindings(card.findings).map((finding) => (
        <FindingLine key={finding.code} level={finding.level} testId={`finding-${finding.code}`}>
          {findingText(t, finding)}
        </FindingLine>
      ))}
      <FindingLine level={nativePlace.level === 'unknown' ? 'warn' : 'ok'} testId="native-place">
        {placeText(t, nativePlace)}
      </FindingLine>
      {newestAddress !== undefined && (
        <FindingLine level="ok" testId="newest-address">
          {t('card.newestAddress', { address: newestAddress })}
        </FindingLine>
      )}
    </ul>
  );
}
