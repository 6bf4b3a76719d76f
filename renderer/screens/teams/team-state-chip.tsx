import { useTranslation } from 'react-i18next';
import type { TeamState } from '../../../native-bridge/contract/team.ts';

/** The colours are those of a record's state. */
const looks = {
  local: 'withdrawn',
  waiting: 'sending',
  sent: 'confirmed',
  adopted: 'confirmed',
  changed: 'sealed',
  refused: 'needs-attention',
} as const satisfies Record<TeamState, string>;

export function TeamStateChip({ state }: { readonly state: TeamState }) {
  const { t } = useTranslation();
  return (
    <span className={`state-chip state-chip--${looks[state]}`} data-testid="team-state" data-state={state}>
      {t(`teams.states.${state}`)}
    </span>
  );
}
