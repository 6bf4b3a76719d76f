import { useTranslation } from 'react-i18next';
import type { Chosen } from './use-chosen.ts';
import type { WorkerFilter } from './use-workers.ts';

interface Props {
  readonly filter: WorkerFilter;
  readonly marks: Chosen;
  readonly onPrint: () => void;
}

/** How the list is used by keyboard, how many are marked, and what can be done with them. */
export function PrintBar({ filter, marks, onPrint }: Props) {
  const { t } = useTranslation();
  const count = marks.ids.size;
  return (
    <footer className="workers__foot">
      <p className="workers__keys">{t('workers.keys')}</p>
      {count > 0 && (
        <>
          <strong role="status" data-testid="workers-chosen">
            {t('print.chosen', { count })}
          </strong>
          <button type="button" className="link-button" onClick={marks.clear}>
            {t('print.clear')}
          </button>
        </>
      )}
      <button
        type="button"
        className="plain-button"
        onClick={() => marks.chooseAll(filter)}
        data-testid="workers-choose-all"
      >
        {t('print.chooseAll')}
      </button>
      <button
        type="button"
        className="plain-button plain-button--main"
        disabled={count === 0}
        onClick={onPrint}
        data-testid="workers-print"
      >
        {count === 0 ? t('print.open') : t('print.openCount', { count })}
      </button>
    </footer>
  );
}
