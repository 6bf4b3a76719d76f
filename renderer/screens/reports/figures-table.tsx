import { useTranslation } from 'react-i18next';
import type { Figures, Statistics } from '../../../native-bridge/contract/statistics-calls.ts';
import { percentText, sumOfRetakes } from './figure-texts.ts';
import { useReasonText } from './reason-text.ts';

const columns = [
  'enrolled',
  'firstShot',
  'median',
  'p90',
  'grey',
  'refused',
  'retakes',
  'discarded',
  'unsent',
] as const;

function cellsOf(figures: Figures): Readonly<Record<(typeof columns)[number], string | number>> {
  const { enrolled, firstShot, seconds, grey, refused, retakes, discarded, unsent } = figures;
  return {
    ...{ enrolled, grey, refused, discarded, unsent },
    firstShot: percentText(firstShot, enrolled),
    median: seconds?.median ?? '–',
    p90: seconds?.p90 ?? '–',
    retakes: sumOfRetakes(retakes),
  };
}

function Row({ title, figures }: { readonly title: string; readonly figures: Figures }) {
  const cells = cellsOf(figures);
  return (
    <tr data-testid="figures">
      <th scope="row">{title}</th>
      {columns.map((column) => (
        <td key={column}>{cells[column]}</td>
      ))}
    </tr>
  );
}

function Reasons({ retakes }: Pick<Figures, 'retakes'>) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  return (
    <table className="reports__reasons">
      <caption>{t('figures.chartReasons')}</caption>
      <tbody>
        {retakes.map(({ reason, count }) => (
          <tr key={reason}>
            <th scope="row">{reasonText(reason)}</th>
            <td>{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Everything that the charts draw, in figures: for reading aloud, copying and looking up. */
export function FiguresTable({ days, total }: Pick<Statistics, 'days' | 'total'>) {
  const { t } = useTranslation();
  return (
    <div className="reports__table" tabIndex={0} role="region" aria-label={t('figures.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.day')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`figures.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row title={t('figures.total')} figures={total} />
          {days.toReversed().map(({ day, ...figures }) => (
            <Row key={day} title={day} figures={figures} />
          ))}
        </tbody>
      </table>
      {total.retakes.length > 0 && <Reasons retakes={total.retakes} />}
    </div>
  );
}
