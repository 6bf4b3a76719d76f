import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirstRunWay } from './use-first-run.ts';

interface Props {
  readonly title: string;
  readonly text?: string;
  readonly way: FirstRunWay;
  /** The one thing to do here; a step whose form has a button of its own has none. */
  readonly primary?: { readonly label: string; readonly onClick: () => void };
  /** Whether the step can be left for later by a button beside the primary one. */
  readonly skippable?: boolean;
  /** What there was to fill in is filled in: the next key is to go on. */
  readonly filled?: boolean;
  readonly children?: ReactNode;
}

/** One step: what it is about, what is done in it, and below how to go on. The focus is where the next key goes. */
export function StepSheet({ title, text, way, primary, skippable = false, filled = false, children }: Props) {
  const { t } = useTranslation();
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const next = filled ? '.first-run__primary' : 'input, .first-run__primary';
    sheet.current?.querySelector<HTMLElement>(next)?.focus();
  }, [filled]);
  return (
    <section ref={sheet} className="first-run__sheet" aria-labelledby="first-run-title">
      <h1 id="first-run-title">{title}</h1>
      {text !== undefined && <p className="first-run__text">{text}</p>}
      <div className="first-run__content">{children}</div>
      <footer className="first-run__ways">
        {way.back && (
          <button type="button" className="plain-button" onClick={way.back} data-testid="first-run-back">
            {t('firstRun.back')}
          </button>
        )}
        <span />
        {skippable && (
          <button type="button" className="plain-button" onClick={way.next} data-testid="first-run-skip">
            {t('firstRun.skip')}
          </button>
        )}
        {primary && (
          <button
            type="button"
            className="plain-button plain-button--main first-run__primary"
            onClick={primary.onClick}
            data-testid="first-run-primary"
          >
            {primary.label} <kbd>Enter</kbd>
          </button>
        )}
      </footer>
    </section>
  );
}
