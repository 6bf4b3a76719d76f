import { useTranslation } from 'react-i18next';
import type { TeamEntry, TeamOffers } from '../../../native-bridge/contract/team.ts';
import { codeName } from '../../codes/code-table.ts';
import { trades } from '../../codes/trades.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { TeamsIcon } from '../../components/icons.tsx';
import { pairMember } from '../../i18n/language.ts';
import { TeamStateChip } from './team-state-chip.tsx';

interface RowProps {
  readonly team: TeamEntry;
  readonly offers: TeamOffers;
  readonly onOpen: () => void;
}

function TeamRow({ team, offers, onOpen }: RowProps) {
  const { t, i18n } = useTranslation();
  const { teamName, workType, leaderName, corpName, teamSysNo, workers, leftOn, state } = team;
  const trade = codeName(trades, workType, pairMember(i18n.language));
  const number = offers.numbers ? (teamSysNo ?? '—') : t('teams.byName');
  return (
    <tr onClick={onOpen} className={leftOn === undefined ? '' : 'teams__row--left'} data-testid="team-row">
      <td className="teams__name" title={teamName}>
        <button type="button" onClick={onOpen}>
          {teamName}
        </button>
      </td>
      <td title={trade}>{trade}</td>
      <td title={leaderName}>{leaderName}</td>
      <td title={corpName}>{corpName}</td>
      <td className="teams__number">{number}</td>
      <td className="teams__number">{workers}</td>
      <td>
        <TeamStateChip state={state} />
        {leftOn !== undefined && <small>{t('teams.left', { date: leftOn })}</small>}
      </td>
    </tr>
  );
}

const columns = ['name', 'trade', 'leader', 'company', 'number', 'workers', 'state'] as const;

interface Props {
  readonly teams: readonly TeamEntry[];
  readonly offers: TeamOffers;
  readonly onOpen: (id: string) => void;
}

/** The project's teams in the order in which they were added. */
export function TeamTable({ teams, offers, onOpen }: Props) {
  const { t } = useTranslation();
  if (teams.length === 0)
    return (
      <EmptyState icon={<TeamsIcon />} title={t('teams.empty')} text={t('teams.emptyText')} testId="teams-empty" />
    );
  return (
    <div className="teams__table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={`teams__column--${column}`}>
                {t(`teams.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => (
            <TeamRow key={team.id} team={team} offers={offers} onOpen={() => onOpen(team.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
