import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleCodes } from '../../client/station-context.tsx';
import { countryName } from '../../../native-bridge/contract/country-name.ts';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import type { WorkerDetail } from '../../../native-bridge/contract/worker-calls.ts';
import { codeName } from '../../codes/code-table.ts';
import { useLivenessText } from '../../components/liveness-text.ts';
import { useErrorLine } from '../../components/error-text.ts';
import { PrintNotice } from '../../components/print-notice.tsx';
import { signingText } from '../../components/signing-text.ts';
import { consentText } from '../../consent/consent-text.ts';
import { dayText, momentText } from '../../components/moment.ts';
import { pairMember } from '../../i18n/language.ts';

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === undefined || children === '') return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const bandTexts = { match: 'compare.match', review: 'compare.review', 'no-match': 'compare.noMatch' } as const;

function Evidence({ detail }: { readonly detail: WorkerDetail }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const livenessText = useLivenessText();
  const { comparison, decision, liveness } = detail;
  const isCompared = comparison.kind === 'compared';
  return (
    <>
      <Line label={t('workers.evidence')}>
        {isCompared ? t(bandTexts[comparison.band]) : `${t('compare.cannot')}：${errorLine(comparison.error.code)}`}
        {isCompared && (
          <small>
            {t('workers.distance', {
              distance: comparison.distance.toFixed(3),
              count: comparison.frames,
              engine: comparison.engine,
            })}
          </small>
        )}
      </Line>
      {decision !== undefined && (
        <Line label={t('workers.decision')}>
          {t(decision.samePerson ? 'workers.samePerson' : 'workers.otherPerson', { reason: decision.reason })}
          <small>{decision.decidedBy}</small>
        </Line>
      )}
      {liveness !== undefined && <Line label={t('liveness.name')}>{livenessText(liveness).text}</Line>}
    </>
  );
}

interface Props {
  readonly record: RecordSummary;
  readonly detail: WorkerDetail;
}

function CardLines({ record, detail }: Props) {
  const { t, i18n } = useTranslation();
  const { birth, ageYears, origin, address, validTo } = detail;
  const day = (date: string) => dayText(date, i18n.language);
  return (
    <>
      <Line label={t('workers.number')}>{record.maskedNumber}</Line>
      <Line label={t('workers.birth')}>{birth && t('workers.age', { date: day(birth), count: ageYears })}</Line>
      <Line label={t('workers.origin')}>{origin && (countryName(origin, i18n.language) ?? origin)}</Line>
      <Line label={t('workers.address')}>{address}</Line>
      <Line label={t('workers.validTo')}>
        {validTo && (validTo === 'long-term' ? t('workers.longTerm') : day(validTo))}
      </Line>
    </>
  );
}

function FieldLines({ record, detail }: Props) {
  const { t, i18n } = useTranslation();
  const language = pairMember(i18n.language);
  const { fields } = detail;
  const codes = usePeopleCodes();
  const trade = codeName(codes.workType, record.workType, language);
  const leader = fields.isTeamLeader === true ? t('workers.leader') : '';
  return (
    <>
      <Line label={t('workers.team')}>{[record.teamName, trade, leader].filter(Boolean).join(' · ')}</Line>
      <Line label={t('workers.phone')}>{fields.cellPhone}</Line>
      <Line label={t('fields.cultureLevelType')}>
        {codeName(codes.cultureLevelType, fields.cultureLevelType, language)}
      </Line>
      <Line label={t('fields.politicsType')}>{codeName(codes.politicsType, fields.politicsType, language)}</Line>
      <Line label={t('workers.urgent')}>
        {[fields.urgentLinkMan, fields.urgentLinkManPhone].filter(Boolean).join(' ')}
      </Line>
    </>
  );
}

/** The notice as it was consented to, on paper again. */
function GivenNotice({ record, detail }: Props) {
  const { i18n } = useTranslation();
  const { textVersion: version, givenAt, signing, language } = detail.consent;
  const names = { company: detail.corpName, project: detail.projectName };
  const text = consentText(version, pairMember(language ?? i18n.language), names);
  if (text === undefined) return null;
  const { name, maskedNumber } = record;
  return <PrintNotice notice={{ text, version, names, name, maskedNumber, givenAt, signing, language }} />;
}

/** What the newest record of a worker holds, line by line; what it does not hold has no line. */
export function WorkerLines({ record, detail }: Props) {
  const { t, i18n } = useTranslation();
  const { textVersion, givenAt, signing, language } = detail.consent;
  return (
    <dl className="worker__lines">
      <CardLines record={record} detail={detail} />
      <FieldLines record={record} detail={detail} />
      <Evidence detail={detail} />
      <Line label={t('workers.consent')}>
        {t('workers.consentOf', { version: textVersion, time: momentText(givenAt, i18n.language) })}
        {(signing ?? language) !== undefined && (
          <small data-testid="consent-signing">
            {[signing && signingText(t, signing), language && t(`signing.language.${language}`)]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </small>
        )}
        <GivenNotice record={record} detail={detail} />
      </Line>
    </dl>
  );
}
