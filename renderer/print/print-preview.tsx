import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly pages: readonly ReactNode[];
}

/** One sheet at a time, in the proportions of the paper. */
export function PrintPreview({ pages }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(0);
  const shown = Math.min(wanted, pages.length - 1);
  return (
    <section className="print__preview" aria-label={t('print.preview')} data-testid="print-preview">
      {/* Focusable, for a notice may be longer than the window. */}
      <div className="print__desk" tabIndex={0} role="region" aria-label={t('print.preview')}>
        <div className="print__page">{pages[shown]}</div>
      </div>
      <div className="print__pager">
        <button
          type="button"
          className="plain-button"
          disabled={shown === 0}
          onClick={() => setWanted(shown - 1)}
          aria-label={t('print.previous')}
        >
          ‹
        </button>
        <span role="status">{t('print.page', { page: shown + 1, pages: pages.length })}</span>
        <button
          type="button"
          className="plain-button"
          disabled={shown === pages.length - 1}
          onClick={() => setWanted(shown + 1)}
          aria-label={t('print.next')}
          data-testid="print-next"
        >
          ›
        </button>
      </div>
    </section>
  );
}
