import { useTranslation } from 'react-i18next';
import { useStation } from '../../client/station-context.tsx';
import { ExpectedStrip } from './expected-strip.tsx';
import { useScreenActions } from '../../shell/screen-context.ts';

function Today() {
  const { t } = useTranslation();
  const today = useStation(({ status }) => status?.today);
  if (today === undefined) return null;
  const { enrolled, medianSeconds, firstShotRate } = today;
  const figures = [
    t('strip.today', { count: enrolled }),
    medianSeconds !== undefined && t('strip.median', { seconds: Math.round(medianSeconds) }),
    firstShotRate !== undefined && t('strip.firstShot', { percent: Math.round(firstShotRate * 100) }),
  ];
  return (
    <p className="strip__today" data-testid="today">
      {figures.filter(Boolean).join(' · ')}
    </p>
  );
}

function Recent() {
  const { t } = useTranslation();
  const { show } = useScreenActions();
  const recent = useStation((snapshot) => snapshot.recent);
  if (recent.length === 0) return <p className="strip__none">{t('strip.none')}</p>;
  return (
    <ul className="strip__list" aria-label={t('strip.recent')}>
      {recent.map(({ id, name, state }) => (
        <li key={id}>
          <button
            type="button"
            className="strip__record"
            onClick={() => show('queue', id)}
            data-testid="recent-record"
            data-state={state}
          >
            {name} <b className={`strip__state strip__state--${state}`}>{t(`state.${state}`)}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The last records with their state, and today's figures. */
export function RecentStrip() {
  const { t } = useTranslation();
  const { openHelp } = useScreenActions();
  return (
    <footer className="strip">
      <span className="strip__label">{t('strip.recent')}</span>
      <Recent />
      <Today />
      <ExpectedStrip />
      <button type="button" className="strip__help" onClick={openHelp}>
        {t('strip.help')} <kbd>F1</kbd>
      </button>
    </footer>
  );
}
