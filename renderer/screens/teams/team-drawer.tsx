import { App, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamEntry, TeamOffers, TeamSide } from '../../../native-bridge/contract/team.ts';
import { useClient } from '../../client/station-context.tsx';
import { codeName } from '../../codes/code-table.ts';
import { trades } from '../../codes/trades.ts';
import { useAction } from '../../components/action.ts';
import { dayText } from '../../components/moment.ts';
import { pairMember } from '../../i18n/language.ts';
import { TeamMembers } from './team-members.tsx';
import { TeamPassageDialog } from './team-passage-dialog.tsx';
import { TeamStateChip } from './team-state-chip.tsx';

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === undefined || children === '') return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ team, offers }: { readonly team: TeamEntry; readonly offers: TeamOffers }) {
  const { t, i18n } = useTranslation();
  const day = (date: string | undefined) => date && dayText(date, i18n.language);
  const number = offers.numbers ? (team.teamSysNo ?? '—') : t('teams.byName');
  return (
    <dl className="team__facts">
      <Fact label={t('teams.company')}>{team.corpName}</Fact>
      <Fact label={t('teams.number')}>{number}</Fact>
      <Fact label={t('teams.trade')}>{codeName(trades, team.workType, pairMember(i18n.language))}</Fact>
      <Fact label={t('teams.leader')}>{[team.leaderName, team.leaderPhone].filter(Boolean).join(' ')}</Fact>
      <Fact label={t('teams.enteredOn')}>{day(team.enteredOn)}</Fact>
      <Fact label={t('teams.leftOn')}>{day(team.leftOn)}</Fact>
      <Fact label={t('teams.remark')}>{team.remark}</Fact>
    </dl>
  );
}

/** Whether the platform is to be asked to take the team: it does not have it, or has refused it. */
const mayUpload = ({ state }: TeamEntry, { upload }: TeamOffers) =>
  upload && (state === 'local' || state === 'refused');

interface DeedsProps {
  readonly team: TeamEntry;
  readonly offers: TeamOffers;
  readonly onEdit: () => void;
  readonly onPassage: (side: TeamSide) => void;
}

function Deeds({ team, offers, onEdit, onPassage }: DeedsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const upload = () =>
    act(async () => {
      await client.call('team.upload', { id: team.id });
      void message.success(t('teams.uploading'));
    });
  return (
    <div className="team__deeds">
      {mayUpload(team, offers) && (
        <button
          type="button"
          className="plain-button plain-button--main"
          onClick={() => void upload()}
          data-testid="team-upload"
        >
          {t(team.state === 'refused' ? 'teams.uploadAgain' : 'teams.upload')}
        </button>
      )}
      <button type="button" className="plain-button" onClick={onEdit} data-testid="team-edit">
        {t('teams.edit')}
      </button>
      {offers.details &&
        (['entry', 'exit'] as const).map((side) => (
          <button
            key={side}
            type="button"
            className="plain-button"
            onClick={() => onPassage(side)}
            data-testid={`team-${side}`}
          >
            {t(`teams.${side}`)}
          </button>
        ))}
    </div>
  );
}

interface ContentProps {
  readonly team: TeamEntry;
  readonly offers: TeamOffers;
  readonly onEdit: () => void;
}

function Content({ team, offers, onEdit }: ContentProps) {
  const { t } = useTranslation();
  const [side, setSide] = useState<TeamSide>();
  return (
    <div className="team" data-testid="team-detail">
      <div className="team__head">
        <strong>{team.teamName}</strong>
        <TeamStateChip state={team.state} />
        <Deeds team={team} offers={offers} onEdit={onEdit} onPassage={setSide} />
      </div>
      <div className={`next-step next-step--${team.state === 'refused' ? 'needs-attention' : 'sealed'}`}>
        {team.platformText !== undefined && <q>{team.platformText}</q>}
        <span className="next-step__do">{t(`teams.steps.${team.state}`)}</span>
      </div>
      <Facts team={team} offers={offers} />
      <TeamMembers key={team.id} teamName={team.teamName} reportable={offers.reports} />
      {side !== undefined && <TeamPassageDialog team={team} side={side} onClose={() => setSide(undefined)} />}
    </div>
  );
}

interface Props {
  readonly team: TeamEntry | undefined;
  readonly offers: TeamOffers;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

/** One team: what is known of it, its way to the platform, and its people. */
export function TeamDrawer({ team, onClose, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={team !== undefined} onClose={onClose} title={t('teams.title')} size="46rem" destroyOnHidden>
      {team !== undefined && <Content team={team} {...props} />}
    </Drawer>
  );
}
