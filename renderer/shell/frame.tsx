import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../client/station-context.tsx';
import { usePractice } from '../client/use-practice.ts';
import { useShortcut } from '../components/shortcut.ts';
import { EnrolScreen } from '../screens/enrol/enrol-screen.tsx';
import './frame.css';
import { HelpDialog } from './help-dialog.tsx';
import { Navigation, type Screen } from './navigation.tsx';
import { ScreenContext } from './screen-context.ts';
import { TeamDialog } from './team-dialog.tsx';
import { TopBar } from './top-bar.tsx';

const QueueScreen = lazy(async () => ({ default: (await import('../screens/queue/queue-screen.tsx')).QueueScreen }));
const WorkersScreen = lazy(async () => ({
  default: (await import('../screens/workers/workers-screen.tsx')).WorkersScreen,
}));
const TeamsScreen = lazy(async () => ({ default: (await import('../screens/teams/teams-screen.tsx')).TeamsScreen }));
const ReviewScreen = lazy(async () => ({
  default: (await import('../screens/review/review-screen.tsx')).ReviewScreen,
}));
const DevicesScreen = lazy(async () => ({
  default: (await import('../screens/devices/devices-screen.tsx')).DevicesScreen,
}));
const ReportsScreen = lazy(async () => ({
  default: (await import('../screens/reports/reports-screen.tsx')).ReportsScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('../screens/settings/settings-screen.tsx')).SettingsScreen,
}));

function ConnectionBanner() {
  const { t } = useTranslation();
  const connected = useStation((snapshot) => snapshot.connected);
  if (connected) return null;
  return (
    <p className="connection-banner" role="alert" data-testid="connection-banner">
      {t('connection.lost')}
    </p>
  );
}

/** Damage to the data file is said on every screen: nothing new can be enrolled any more. */
function DamageBanner() {
  const { t } = useTranslation();
  const damaged = useStation(({ status }) => status?.storeTrouble !== undefined);
  if (!damaged) return null;
  return (
    <p className="connection-banner connection-banner--lasting" role="alert" data-testid="damage-banner">
      {t('workers.damaged')}
    </p>
  );
}

function Main({ screen, openRecordId }: { readonly screen: Screen; readonly openRecordId: string | undefined }) {
  if (screen === 'enrol') return <EnrolScreen />;
  return (
    <Suspense fallback={null}>
      {screen === 'queue' && <QueueScreen openRecordId={openRecordId} />}
      {screen === 'workers' && <WorkersScreen />}
      {screen === 'teams' && <TeamsScreen />}
      {screen === 'review' && <ReviewScreen />}
      {screen === 'devices' && <DevicesScreen />}
      {screen === 'reports' && <ReportsScreen />}
      {screen === 'settings' && <SettingsScreen />}
    </Suspense>
  );
}

/** Navigation, top bar and the chosen screen. In practice the whole frame changes its colour. */
export function Frame() {
  const practice = usePractice();
  const [screen, setScreen] = useState<Screen>('enrol');
  const [openRecordId, setOpenRecordId] = useState<string>();
  const [dialog, setDialog] = useState<'team' | 'help'>();
  const show = (next: Screen, recordId?: string) => {
    setOpenRecordId(recordId);
    setScreen(next);
  };
  const open = (which: 'team' | 'help') => (event: KeyboardEvent) => {
    event.preventDefault();
    setDialog(which);
  };
  // A card that is laid on means that the next person is to be enrolled, whatever is being looked at.
  const enrolmentId = useStation(({ enrolment }) => enrolment?.draft.id);
  const [knownEnrolment, setKnownEnrolment] = useState(enrolmentId);
  if (enrolmentId !== knownEnrolment) {
    setKnownEnrolment(enrolmentId);
    if (enrolmentId !== undefined) setScreen('enrol');
  }
  useShortcut('F2', true, open('team'));
  useShortcut('F1', true, open('help'));
  return (
    <ScreenContext value={{ show, openTeam: () => setDialog('team'), openHelp: () => setDialog('help') }}>
      <div className={practice ? 'frame frame--practice' : 'frame'} data-testid="frame" data-practice={practice}>
        <Navigation screen={screen} onScreen={show} />
        <TopBar />
        <main className="frame__main">
          <DamageBanner />
          <ConnectionBanner />
          <Main screen={screen} openRecordId={openRecordId} />
        </main>
        <TeamDialog open={dialog === 'team'} onClose={() => setDialog(undefined)} />
        <HelpDialog open={dialog === 'help'} onClose={() => setDialog(undefined)} />
      </div>
    </ScreenContext>
  );
}
