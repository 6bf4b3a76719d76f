import { useTranslation } from 'react-i18next';
import { useStation } from '../client/station-context.tsx';
import {
  DevicesIcon,
  EnrolIcon,
  PeopleIcon,
  QueueIcon,
  ReportsIcon,
  ReviewIcon,
  SettingsIcon,
  TeamsIcon,
} from '../components/icons.tsx';

import { useRunningWorks } from './running-works.ts';

export type Screen = 'enrol' | 'queue' | 'workers' | 'teams' | 'review' | 'devices' | 'reports' | 'settings';

const icons = {
  enrol: EnrolIcon,
  queue: QueueIcon,
  workers: PeopleIcon,
  teams: TeamsIcon,
  review: ReviewIcon,
  devices: DevicesIcon,
  reports: ReportsIcon,
  settings: SettingsIcon,
  TeamsIcon,
};
const order = ['enrol', 'queue', 'workers', 'teams', 'review', 'devices', 'reports', 'settings'] as const;

function AttentionBadge() {
  const { t } = useTranslation();
  const count = useStation(({ status }) => status?.unsent.needsAttention ?? 0);
  if (count === 0) return null;
  return (
    <span className="navigation__badge" aria-label={t('nav.needsAttention', { count })}>
      {count}
    </span>
  );
}

function ReviewBadge() {
  const { t } = useTranslation();
  const count = useStation(({ status }) => status?.openReviews ?? 0);
  if (count === 0) return null;
  return (
    <span className="navigation__badge" aria-label={t('review.count', { count })}>
      {count}
    </span>
  );
}

/** A work goes on that this screen shows and can end. */
function WorkMark() {
  const { t } = useTranslation();
  return <span className="navigation__work" role="img" aria-label={t('nav.working')} data-testid="nav-working" />;
}

interface Props {
  readonly screen: Screen;
  readonly onScreen: (screen: Screen) => void;
}

export function Navigation({ screen, onScreen }: Props) {
  const { t } = useTranslation();
  const running = useRunningWorks();
  return (
    <nav className="navigation" aria-label={t('nav.label')}>
      <p className="navigation__name">{t('app.name')}</p>
      {order.map((name) => {
        const Icon = icons[name];
        return (
          <button
            key={name}
            type="button"
            className={`navigation__item navigation__item--${name}`}
            aria-current={screen === name ? 'page' : undefined}
            data-testid={`nav-${name}`}
            onClick={() => onScreen(name)}
          >
            <Icon />
            <span>{t(`nav.${name}`)}</span>
            {name === 'queue' && <AttentionBadge />}
            {name === 'review' && <ReviewBadge />}
            {running.has(name) && <WorkMark />}
          </button>
        );
      })}
    </nav>
  );
}
