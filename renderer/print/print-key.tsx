import { App } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { isCovered } from '../components/shortcut.ts';
import './paper.css';

interface Offer {
  /** Whether it is made by the screen itself or by what covers it, a dialog or a drawer. */
  readonly place: 'screen' | 'cover';
  readonly print: () => void;
}

/** What can be printed now; the newest lies on top. */
const offers = new Set<Offer>();

/** Has Ctrl+P print something while this is on the page and nothing lies over it; without `print` it offers nothing. */
export function usePrintKey(place: Offer['place'], print: (() => void) | undefined): void {
  const isOffered = print !== undefined;
  const pressed = useEffectEvent(() => print?.());
  useEffect(() => {
    if (!isOffered) return undefined;
    const offer: Offer = { place, print: () => pressed() };
    offers.add(offer);
    return () => void offers.delete(offer);
  }, [place, isOffered]);
}

/** Nobody prints past the lock of the desk, a modal dialog of the page itself. */
const isLocked = (): boolean => document.querySelector('dialog[open]') !== null;

function topOffer(): Offer | undefined {
  const covered = isCovered();
  return [...offers].findLast(({ place }) => !covered || place === 'cover');
}

const isPrintKey = ({ ctrlKey, metaKey, altKey, key }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'p';

/**
 * The browser's own printing would put the frame of the program on paper. Its key prints what the screen has to print or
 * says that there is nothing; and whoever prints by the browser's menu finds that sentence on the paper.
 */
export function PrintKey() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isPrintKey(event)) return;
    event.preventDefault();
    if (event.repeat || isLocked()) return;
    const offer = topOffer();
    if (offer === undefined) void message.info({ content: t('print.nothingHere'), key: 'print.nothingHere' });
    else offer.print();
  });
  useEffect(() => {
    const handle = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, []);
  return createPortal(
    <p className="no-paper" data-testid="no-paper">
      {t('print.nothingHere')}
    </p>,
    document.body,
  );
}
