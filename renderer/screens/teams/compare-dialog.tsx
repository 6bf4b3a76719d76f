import { App, Button, Checkbox, Modal } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedTeam, TeamDifference, TeamOffers } from '../../../native-bridge/contract/team.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** What the platform has, asked for once when the dialog opens; undefined while it is being asked. */
function useComparison(onFailed: () => void): readonly ComparedTeam[] | undefined {
  const client = useClient();
  const act = useAction();
  const [teams, setTeams] = useState<readonly ComparedTeam[]>();
  const failed = useEffectEvent(onFailed);
  useEffect(() => {
    const ask = async () => setTeams((await client.call('team.compare', {})).teams);
    void act(ask).then((isKnown) => isKnown || failed());
  }, [client, act]);
  return teams;
}

const mayBeTaken = ({ kind }: ComparedTeam) => kind === 'new' || kind === 'changed';

function Difference({ team, name }: { readonly team: ComparedTeam; readonly name: TeamDifference }) {
  const { t } = useTranslation();
  return (
    <span className="compared__difference">
      {t(`teams.difference.${name}`)}
      {'：'}
      <del>{team.here?.[name] ?? t('teams.nothing')}</del>
      {' → '}
      <ins>{team.held?.[name] ?? t('teams.nothing')}</ins>
    </span>
  );
}

function Facts({ team }: { readonly team: ComparedTeam }) {
  const { t } = useTranslation();
  const { kind, held, differences } = team;
  if (kind === 'changed') return differences.map((name) => <Difference key={name} team={team} name={name} />);
  const facts = kind === 'new' ? [held?.corpName, held?.leaderName, held?.leaderPhone] : [];
  return (
    <>
      {kind === 'new' && <span>{facts.filter(Boolean).join(' · ')}</span>}
      <small>{t(`teams.kindText.${kind}`)}</small>
    </>
  );
}

interface RowProps {
  readonly team: ComparedTeam;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

function ComparedRow({ team, chosen, onChoose }: RowProps) {
  const { t } = useTranslation();
  const number = team.held?.teamSysNo ?? team.here?.teamSysNo;
  return (
    <li className={`compared compared--${team.kind}`} data-testid="compared-team" data-kind={team.kind}>
      {mayBeTaken(team) ? (
        <Checkbox
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
          aria-label={team.teamName}
          data-testid="compared-choose"
        />
      ) : (
        <span />
      )}
      <em>{t(`teams.kind.${team.kind}`)}</em>
      <div>
        <strong>{team.teamName}</strong>
        {number !== undefined && <small>{number}</small>}
      </div>
      <div className="compared__facts">
        <Facts team={team} />
      </div>
    </li>
  );
}

interface ContentProps {
  readonly offers: TeamOffers;
  readonly onClose: () => void;
}

function Content({ offers, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const teams = useComparison(onClose);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (key: string, isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, key] : [...before].filter((each) => each !== key)));
  const take = () =>
    act(async () => {
      await client.call('team.take-over', { keys: [...chosen] });
      void message.success(t('teams.taken', { count: chosen.size }));
      onClose();
    });
  if (teams === undefined) return <p role="status">{t('teams.syncAsking')}</p>;
  const isAlike = teams.every(({ kind }) => kind === 'same');
  return (
    <div className="teams__dialog" data-testid="compare-dialog">
      <p>{isAlike ? t('teams.syncNone') : t('teams.syncText')}</p>
      {offers.list === 'members' && <p>{t('teams.syncMembers')}</p>}
      <ul className="compared-list">
        {teams.map((team) => (
          <ComparedRow
            key={team.key}
            team={team}
            chosen={chosen.has(team.key)}
            onChoose={(isChosen) => choose(team.key, isChosen)}
          />
        ))}
      </ul>
      <div className="teams__buttons">
        <Button onClick={onClose}>{t('app.close')}</Button>
        <Button type="primary" disabled={chosen.size === 0} onClick={() => void take()} data-testid="take-over">
          {t('teams.takeOver', { count: chosen.size })}
        </Button>
      </div>
    </div>
  );
}

/** Shows what the platform has otherwise before anything is taken over. */
export function CompareDialog({ open, ...props }: ContentProps & { readonly open: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={props.onClose}
      title={t('teams.syncTitle')}
      footer={null}
      centered
      width="52rem"
      destroyOnHidden
    >
      <Content {...props} />
    </Modal>
  );
}
