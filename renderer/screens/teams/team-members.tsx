import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { StateChip } from '../../components/state-chip.tsx';
import { ReportDeeds } from './report-deeds.tsx';
import { useMembers } from './use-teams.ts';

interface MemberProps {
  readonly member: RecordSummary;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

function Member({ member, chosen, onChoose }: MemberProps) {
  return (
    <li data-testid="team-member">
      <Checkbox checked={chosen} onChange={(event) => onChoose(event.target.checked)}>
        <strong>{member.name}</strong>
        <span>{member.maskedNumber}</span>
      </Checkbox>
      <StateChip state={member.state} />
    </li>
  );
}

interface Props {
  readonly teamName: string;
  readonly reportable: boolean;
}

/** The people of a team, chosen for what is to be reported of them. */
export function TeamMembers({ teamName, reportable }: Props) {
  const { t } = useTranslation();
  const members = useMembers(teamName);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const all = members.value ?? [];
  const workers = all.filter(({ id }) => chosen.has(id));
  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((each) => each !== id)));
  if (members.trouble !== undefined)
    return (
      <p role="alert">
        <ErrorSentence code={members.trouble} />
      </p>
    );
  if (members.value !== undefined && all.length === 0) return <p className="team__note">{t('teams.noMembers')}</p>;
  return (
    <section className="team__members" aria-label={t('teams.members')}>
      <header>
        <h3>{t('teams.members')}</h3>
        <Checkbox
          checked={workers.length > 0 && workers.length === all.length}
          indeterminate={workers.length > 0 && workers.length < all.length}
          onChange={(event) => setChosen(new Set(event.target.checked ? all.map(({ id }) => id) : []))}
          data-testid="members-all"
        >
          {t('teams.selectAll')}
        </Checkbox>
      </header>
      <ul>
        {all.map((member) => (
          <Member
            key={member.id}
            member={member}
            chosen={chosen.has(member.id)}
            onChoose={(isChosen) => choose(member.id, isChosen)}
          />
        ))}
      </ul>
      <footer>
        <span>
          {!reportable && t('teams.notReported')}
          {reportable && (workers.length === 0 ? t('teams.chooseFirst') : t('teams.chosen', { count: workers.length }))}
        </span>
        {reportable && <ReportDeeds workers={workers} main />}
      </footer>
    </section>
  );
}
