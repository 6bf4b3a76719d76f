import { useTranslation } from 'react-i18next';
import type { RecordState } from '../../native-bridge/contract/enrolment.ts';

/** The state of a record as a coloured word. */
export function StateChip({ state }: { readonly state: RecordState }) {
  const { t } = useTranslation();
  return (
    <span className={`state-chip state-chip--${state}`} data-testid="record-state" data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}
