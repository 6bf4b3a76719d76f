import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamOffers } from '../../../native-bridge/contract/team.ts';
import { ListImport } from '../../components/list-import.tsx';
import { WorkbookWork } from '../../components/workbook-work.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import '../queue/queue.css';
import { CompanyDialog } from './company-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { ReportsView } from './reports-view.tsx';
import { TeamDrawer } from './team-drawer.tsx';
import { TeamForm } from './team-form.tsx';
import { TeamTable } from './team-table.tsx';
import { useTeams } from './use-teams.ts';
import './teams.css';

const tabs = ['teams', 'reports'] as const;
type Tab = (typeof tabs)[number];

function Tabs({ tab, onTab }: { readonly tab: Tab; readonly onTab: (tab: Tab) => void }) {
  const { t } = useTranslation();
  return (
    <div className="teams__tabs" role="tablist">
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={tab === name}
          onClick={() => onTab(name)}
          data-testid={`teams-tab-${name}`}
        >
          {t(`teams.tab.${name}`)}
        </button>
      ))}
    </div>
  );
}

/** What this platform does not take, said before somebody looks for it. */
function Offers({ offers }: { readonly offers: TeamOffers }) {
  const { t } = useTranslation();
  if (offers.details || offers.list === 'none') return null;
  return (
    <p className="teams__offers" data-testid="teams-offers">
      {t(offers.numbers ? 'teams.notOffered' : 'teams.notOfferedNamed')}
    </p>
  );
}

type Opened =
  { readonly dialog: 'create' | 'compare' | 'company' | 'import' } | { readonly dialog: 'edit'; readonly id: string };

interface HeadProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
}

function Head({ tab, onTab, children }: HeadProps & { readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <header className="teams__head">
      <h1 id="teams-title">{t('teams.title')}</h1>
      <Tabs tab={tab} onTab={onTab} />
      <span className="teams__space" />
      {children}
    </header>
  );
}

function TeamsView({ head }: { readonly head: HeadProps }) {
  const { t } = useTranslation();
  const { value, trouble, reload } = useTeams();
  const [openedId, setOpenedId] = useState<string>();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  if (trouble !== undefined)
    return (
      <>
        <Head {...head} />
        <div className="teams__trouble" role="alert">
          <strong>{t('teams.failed')}</strong>
          <span>
            <ErrorSentence code={trouble} />
          </span>
          <button type="button" className="plain-button" onClick={reload}>
            {t('workers.reload')}
          </button>
        </div>
      </>
    );
  if (value === undefined) return <Head {...head} />;
  const { teams, offers, companies } = value;
  const edited = opened?.dialog === 'edit' ? teams.find(({ id }) => id === opened.id) : undefined;
  return (
    <>
      <Head {...head}>
        {offers.list !== 'none' && (
          <button
            type="button"
            className="plain-button"
            onClick={() => setOpened({ dialog: 'compare' })}
            data-testid="teams-compare"
          >
            {t('teams.sync')}
          </button>
        )}
        {offers.companies && (
          <button
            type="button"
            className="plain-button"
            onClick={() => setOpened({ dialog: 'company' })}
            data-testid="teams-company"
          >
            {t('teams.addCompany')}
          </button>
        )}
        <button
          type="button"
          className="plain-button"
          onClick={() => setOpened({ dialog: 'import' })}
          data-testid="teams-import"
        >
          {t('list.teams')}
        </button>
        <button
          type="button"
          className="plain-button plain-button--main"
          onClick={() => setOpened({ dialog: 'create' })}
          data-testid="teams-add"
        >
          {t('teams.add')}
        </button>
      </Head>
      <Offers offers={offers} />
      {opened?.dialog !== 'import' && <WorkbookWork busy={false} subject="teams" />}
      <TeamTable teams={teams} offers={offers} onOpen={setOpenedId} />
      <TeamDrawer
        team={teams.find(({ id }) => id === openedId)}
        offers={offers}
        onEdit={() => openedId !== undefined && setOpened({ dialog: 'edit', id: openedId })}
        onClose={() => setOpenedId(undefined)}
      />
      <TeamForm
        open={opened?.dialog === 'create' || edited !== undefined}
        team={edited}
        known={companies}
        offers={offers}
        onClose={close}
      />
      <ListImport
        open={opened?.dialog === 'import'}
        title={t('list.teams')}
        read="team.read-list"
        take="team.take-list"
        template="team.template"
        onClose={close}
      />
      <CompanyDialog open={opened?.dialog === 'company'} onClose={close} />
      <CompareDialog open={opened?.dialog === 'compare'} offers={offers} onClose={close} />
    </>
  );
}

/** The project's teams, and what is reported of their workers. */
export function TeamsScreen() {
  const [tab, setTab] = useState<Tab>('teams');
  const head = { tab, onTab: setTab };
  return (
    <section className="teams" aria-labelledby="teams-title" data-testid="teams-screen">
      {tab === 'teams' ? (
        <TeamsView head={head} />
      ) : (
        <ReportsView head={(filters) => <Head {...head}>{filters}</Head>} />
      )}
    </section>
  );
}
