import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useErrorLine } from '../../components/error-text.ts';
import { nextStepOf } from './next-step.ts';

/** The platform's own words where it gave some, and what they mean for the operator. */
export function NextStepView({ record }: { readonly record: RecordSummary }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const { error, platformText, state } = record;
  const isOpen = state === 'sealed' || state === 'needs-attention';
  const trouble = platformText === undefined && isOpen ? error : undefined;
  return (
    <div className={`next-step next-step--${state}`} data-testid="next-step">
      {platformText !== undefined && <q title={error && errorLine(error.code)}>{platformText}</q>}
      {trouble !== undefined && (
        <span className="next-step__trouble">
          <ErrorSentence code={trouble.code} />
        </span>
      )}
      <span className="next-step__do">{t(`nextStep.${nextStepOf(record)}`)}</span>
    </div>
  );
}
