import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../native-bridge/contract/statistics-calls.ts';
import { percentText, sumOfRetakes } from './figure-texts.ts';

/** The whole range at a glance. */
export function FigureTiles({ total }: { readonly total: Figures }) {
  const { t } = useTranslation();
  const { enrolled, firstShot, seconds, grey, refused, retakes, unsent } = total;
  const tiles = [
    ['enrolled', enrolled],
    ['firstShot', percentText(firstShot, enrolled)],
    ['medianShort', seconds === undefined ? '–' : t('figures.seconds', { count: seconds.median })],
    ['p90Short', seconds === undefined ? '–' : t('figures.seconds', { count: seconds.p90 })],
    ['grey', grey],
    ['refused', refused],
    ['retakes', sumOfRetakes(retakes)],
    ['unsent', unsent],
  ] as const;
  return (
    <dl className="reports__tiles" data-testid="figure-tiles">
      {tiles.map(([name, value]) => (
        <div key={name} className={name === 'unsent' && unsent > 0 ? 'reports__tile--mind' : ''}>
          <dt>{t(`figures.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
