import type { TFunction } from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardReading, Fingerprint, NativePlace } from '../../../native-bridge/contract/card.ts';
import type { EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useErrorLine, useErrorText } from '../../components/error-text.ts';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import { useScreenActions } from '../../shell/screen-context.ts';
import { CertificateLine } from './certificate-line.tsx';
import { FindingLine } from './finding-line.tsx';
import { findingText } from './finding-text.ts';
import { StandingLines } from './standing-lines.tsx';
import { shownFindings } from './shown-findings.ts';

function placeText(t: TFunction, place: NativePlace): string {
  if (place.level === 'unknown' || place.name === '') return t('card.nativePlaceUnknown');
  return t(place.abolished ? 'card.nativePlaceFormer' : 'card.nativePlace', { place: place.name });
}

/** A foreigner's country stands on the card itself. */
function NativePlaceLine({ card }: { readonly card: CardReading }) {
  const { t } = useTranslation();
  const { fields, nativePlace } = card;
  if ('nationality' in fields) return undefined;
  return (
    <FindingLine level={nativePlace.level === 'unknown' ? 'warn' : 'ok'} testId="native-place">
      {placeText(t, nativePlace)}
    </FindingLine>
  );
}

const isFinger = (name: string): name is keyof typeof zhEnrol.finger => Object.hasOwn(zhEnrol.finger, name);

/** Which fingers are registered on the chip; no line where none is. */
function FingerprintLine({ fingerprints }: { readonly fingerprints: readonly Fingerprint[] }) {
  const { t } = useTranslation();
  const fingers = fingerprints
    .filter(({ registration }) => registration === 'registered')
    .map(({ position }) => (isFinger(String(position)) ? String(position) : '99') as keyof typeof zhEnrol.finger);
  if (fingers.length === 0) return undefined;
  const list = fingers.map((finger) => t(`finger.${finger}`)).join(t('seal.separator'));
  return (
    <FindingLine level="ok" testId="fingerprints">
      {t('card.fingerprints', { fingers: list })}
    </FindingLine>
  );
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
  readonly enrolment: EnrolmentView;
}

/** What the checks of the card found; none of them alters the data. */
export function CardFindings({ card, enrolment }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const errorLine = useErrorLine();
  const { fields, portrait, fingerprints, newestAddress } = card;
  const { alreadyEnrolled, draft } = enrolment;
  return (
    <ul className="findings" aria-label={t('card.findings')}>
      {alreadyEnrolled !== undefined && <AlreadyEnrolled recordId={alreadyEnrolled} />}
      {portrait.state === 'missing' && (
        <FindingLine level="warn" testId="finding-portrait">
          <span title={errorLine(portrait.code)}>
            {errorText(portrait.code)}
            {t('card.sentenceEnd')}
            {t('card.photoMissingNext')}
          </span>
        </FindingLine>
      )}
      <StandingLines enrolment={enrolment} />
      {shownFindings(card.findings).map((finding) => (
        <Fragment key={finding.code}>
          <FindingLine level={finding.level} testId={`finding-${finding.code}`}>
            {findingText(t, finding, fields)}
          </FindingLine>
          {finding.code === 'age' && <CertificateLine draft={draft} />}
        </Fragment>
      ))}
      <NativePlaceLine card={card} />
      {newestAddress !== undefined && (
        <FindingLine level="ok" testId="newest-address">
          {t('card.newestAddress', { address: newestAddress })}
        </FindingLine>
      )}
      {fingerprints !== undefined && <FingerprintLine fingerprints={fingerprints} />}
    </ul>
  );
}
