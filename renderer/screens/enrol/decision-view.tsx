import { useTranslation } from 'react-i18next';
import type { Decision } from '../../../native-bridge/contract/enrolment.ts';
import { momentText } from '../../components/moment.ts';

/** What a person decided, with the reason. */
export function DecisionView({ decision }: { readonly decision: Decision }) {
  const { t, i18n } = useTranslation();
  const { samePerson, reason, decidedBy, decidedAt } = decision;
  return (
    <div className={samePerson ? 'decided' : 'decided decided--different'} data-testid="decision">
      <strong>{t(samePerson ? 'compare.decidedSame' : 'compare.decidedDifferent')}</strong>
      <span>{t('compare.decidedBy', { reason, by: decidedBy, time: momentText(decidedAt, i18n.language) })}</span>
    </div>
  );
}
