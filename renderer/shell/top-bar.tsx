import { useTranslation } from 'react-i18next';
import { useStation, usePeopleCodes } from '../client/station-context.tsx';
import { usePractice } from '../client/use-practice.ts';
import { ageOf } from '../components/age.ts';
import { useNow } from '../components/now.ts';
import { codeName } from '../codes/code-table.ts';
import { pairMember } from '../i18n/language.ts';
import { Lamps } from './lamps.tsx';
import { PracticeMenu } from './practice-menu.tsx';
import { useScreenActions } from './screen-context.ts';
import { WhoIsHere } from './who-is-here.tsx';

function WhereTo() {
  const { t, i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  const team = useStation(({ status }) => status?.team);
  if (team === undefined) return <p className="top-bar__team top-bar__team--none">{t('top.noTeam')}</p>;
  const trade = codeName(trades, team.workType, pairMember(i18n.language));
  return (
    <p className="top-bar__team" data-testid="current-team" title={`${team.projectName} · ${team.teamName}`}>
      <span className="top-bar__project">{team.projectName}</span>
      <strong>{team.teamName}</strong>
      {trade !== '' && <span className="top-bar__trade">{trade}</span>}
    </p>
  );
}

/** Of more importance than how long the oldest has been waiting: somebody wanted it, and may have forgotten. */
function Paused({ unsent }: { readonly unsent: number }) {
  const { t } = useTranslation();
  const { show } = useScreenActions();
  return (
    <button type="button" className="top-bar__unsent" data-testid="sending-paused" onClick={() => show('queue')}>
      <strong>{t('delivery.topPaused')}</strong>
      {unsent > 0 && <span>{t('top.unsent', { count: unsent })}</span>}
    </button>
  );
}

function Unsent() {
  const { t } = useTranslation();
  const now = useNow(30_000);
  const { show } = useScreenActions();
  const unsent = useStation(({ status }) => status?.unsent);
  const isPaused = useStation(({ status }) => status?.sendingPaused !== undefined);
  if (unsent === undefined) return null;
  if (isPaused) return <Paused unsent={unsent.count} />;
  if (unsent.count === 0) {
    return (
      <span className="top-bar__unsent top-bar__unsent--none" data-testid="unsent">
        {t('top.allSent')}
      </span>
    );
  }
  const age = unsent.oldestSealedAt === undefined ? undefined : ageOf(unsent.oldestSealedAt, now);
  return (
    <button type="button" className="top-bar__unsent" data-testid="unsent" onClick={() => show('queue')}>
      <strong>{t('top.unsent', { count: unsent.count })}</strong>
      {age && <span>{t('top.oldest', { age: t(`time.${age.unit}`, { count: age.count }) })}</span>}
    </button>
  );
}

function PracticeSign() {
  const { t } = useTranslation();
  return (
    <span className="top-bar__practice" title={t('practice.explain')} data-testid="practice-sign">
      {t('practice.title')}
    </span>
  );
}

/** For whom is being enrolled, the state of devices and network, and what is still to be sent. */
export function TopBar() {
  const { t } = useTranslation();
  const practice = usePractice();
  const { openTeam } = useScreenActions();
  return (
    <header className="top-bar">
      {practice && <PracticeSign />}
      <WhereTo />
      <button type="button" className="plain-button" data-testid="change-team" onClick={openTeam}>
        {t('top.change')} <kbd>F2</kbd>
      </button>
      {practice && <PracticeMenu />}
      <div className="top-bar__space" />
      <Lamps />
      <Unsent />
      <WhoIsHere />
    </header>
  );
}
