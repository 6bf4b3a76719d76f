import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { BlackListAnswer, EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useErrorLine } from '../../components/error-text.ts';
import { dayOf } from '../../components/moment.ts';
import { FindingLine } from './finding-line.tsx';

function listedText(t: TFunction, { reason, blocks }: BlackListAnswer): string {
  if (reason === undefined) return t(blocks ? 'people.blockedNoReason' : 'people.listedNoReason');
  return t(blocks ? 'people.blocked' : 'people.listed', { reason });
}

function BlackListLine({ answer }: { readonly answer: BlackListAnswer }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const { state, blocks, error } = answer;
  const why = error && errorLine(error.code);
  const lines = {
    clear: { level: 'ok', text: () => t('people.clear') },
    listed: { level: blocks ? 'block' : 'warn', text: () => listedText(t, answer) },
    unknown: {
      level: 'warn',
      text: () => t('people.unknown'),
    },
  } as const;
  return (
    <FindingLine level={lines[state].level} testId="black-list">
      <span title={why}>{lines[state].text()}</span>
    </FindingLine>
  );
}

/** How the holder stands with the platform and with training. */
export function StandingLines({ enrolment }: { readonly enrolment: EnrolmentView }) {
  const { t, i18n } = useTranslation();
  const { draft, trainingDueSince } = enrolment;
  return (
    <>
      {draft.blackList && <BlackListLine answer={draft.blackList} />}
      {trainingDueSince !== undefined && (
        <FindingLine level="warn" testId="training-due">
          {t('people.trainingDue', { date: dayOf(trainingDueSince, i18n.language) })}
        </FindingLine>
      )}
    </>
  );
}
