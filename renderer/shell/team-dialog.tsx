import { Button, Form, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../native-bridge/contract/enrolment.ts';
import { useClient, useStation, usePeopleCodes } from '../client/station-context.tsx';
import { codeName } from '../codes/code-table.ts';
import { useAction } from '../components/action.ts';
import { CodeSelect } from '../components/code-select.tsx';
import { CheckIcon } from '../components/icons.tsx';
import { pairMember } from '../i18n/language.ts';
import { useScreenActions } from './screen-context.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

interface NewTeam {
  readonly teamName: string;
  readonly workType?: string;
}

/** The teams as the station has them, asked for each time the dialog opens. */
function useTeams(open: boolean): readonly Team[] | undefined {
  const client = useClient();
  const act = useAction();
  const [teams, setTeams] = useState<readonly Team[]>();
  useEffect(() => {
    if (open) void act(async () => setTeams((await client.call('team.list', {})).teams));
  }, [open, client, act]);
  return teams;
}

function TeamOption({
  team,
  current,
  onChoose,
}: {
  readonly team: Team;
  readonly current: boolean;
  readonly onChoose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  const trade = codeName(trades, team.workType, pairMember(i18n.language));
  const number = team.teamSysNo === undefined ? t('team.noNumber') : t('team.number', { number: team.teamSysNo });
  return (
    <button type="button" className="team-option" aria-pressed={current} data-testid="team-option" onClick={onChoose}>
      <strong>{team.teamName}</strong>
      <span>{[trade, team.corpName, number].filter(Boolean).join(' · ')}</span>
      {current && (
        <em>
          <CheckIcon />
          {t('team.current')}
        </em>
      )}
    </button>
  );
}

function TeamList({ teams, onChoose }: { readonly teams: readonly Team[]; readonly onChoose: (team: Team) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const currentId = useStation(({ status }) => status?.team?.id);
  if (teams.length === 0) return <p className="team-dialog__none">{t('team.none')}</p>;
  const found = teams.filter(({ teamName }) => teamName.includes(typed.trim()));
  return (
    <>
      {teams.length > 5 && (
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t('team.search')}
          autoFocus
          allowClear
        />
      )}
      <div className="team-dialog__list">
        {found.map((team) => (
          <TeamOption key={team.id} team={team} current={team.id === currentId} onChoose={() => onChoose(team)} />
        ))}
        {found.length === 0 && <p className="team-dialog__none">{t('team.noMatch')}</p>}
      </div>
    </>
  );
}

function NewTeamForm({ onAdd }: { readonly onAdd: (team: NewTeam) => void }) {
  const { t } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  return (
    <Form<NewTeam> layout="vertical" className="team-dialog__form" requiredMark={false} onFinish={onAdd}>
      <h3>{t('team.add')}</h3>
      <div className="team-dialog__row">
        <Form.Item
          name="teamName"
          label={t('team.name')}
          rules={[{ required: true, whitespace: true, message: t('team.nameRequired') }]}
        >
          <Input maxLength={100} data-testid="new-team-name" />
        </Form.Item>
        <Form.Item name="workType" label={t('team.trade')}>
          <CodeSelect table={trades} showCode clearable placeholder={t('fields.searchTrade')} testId="new-team-trade" />
        </Form.Item>
        <Button htmlType="submit" data-testid="add-team">
          {t('team.addButton')}
        </Button>
      </div>
    </Form>
  );
}

/** Chooses the team that is being enrolled, or adds one. */
export function TeamDialog({ open, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  // The dialog takes the focus for itself when it opens, and leaves it to what is shown after that.
  const [isOpened, setOpened] = useState(false);
  const teams = useTeams(isOpened);
  const { show } = useScreenActions();
  const manage = () => {
    onClose();
    show('teams');
  };
  const choose = async (id: string) => {
    if (await act(() => client.call('team.choose', { id }))) onClose();
  };
  const add = async ({ teamName, workType }: NewTeam) => {
    await act(async () => {
      const team = await client.call('team.add', { teamName, ...(workType !== undefined && { workType }) });
      await client.call('team.choose', { id: team.id });
      onClose();
    });
  };
  return (
    <Modal
      open={open}
      onCancel={onClose}
      afterOpenChange={setOpened}
      title={t('team.title')}
      footer={null}
      width="42rem"
      destroyOnHidden
    >
      <div className="team-dialog" data-testid="team-dialog">
        {isOpened && teams && <TeamList teams={teams} onChoose={({ id }) => void choose(id)} />}
        <NewTeamForm onAdd={(team) => void add(team)} />
        <button type="button" className="link-button" onClick={manage} data-testid="manage-teams">
          {t('team.manage')}
        </button>
      </div>
    </Modal>
  );
}
