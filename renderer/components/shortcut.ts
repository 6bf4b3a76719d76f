import { useEffect, useEffectEvent } from 'react';

/** Where a key belongs to the control itself. */
const typing = 'input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true], .ant-select';
const pressing = 'button, a[href], [role=button], [role=tab], input[type=checkbox], input[type=radio]';
/** What covers the screen takes the keys for itself. */
const covering = '.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open .ant-drawer-mask, dialog[open]';

const inside = (event: KeyboardEvent, selector: string) =>
  event.target instanceof Element && event.target.closest(selector) !== null;

export const isTyping = (event: KeyboardEvent): boolean => inside(event, typing);
export const isPressing = (event: KeyboardEvent): boolean => inside(event, pressing);
export const isCovered = (): boolean => document.querySelector(covering) !== null;

/** Gives an element the focus, unless the operator is typing elsewhere or something lies over the screen. */
export function offerFocus(element: HTMLElement | null): void {
  if (isCovered() || document.activeElement?.closest(typing)) return;
  element?.focus({ preventScroll: true });
}

/**
 * Listens for a key, or for any, on the whole page while `enabled`; the listener prevents the default where it used the
 * key.
 */
export function useShortcut(key: string | undefined, enabled: boolean, listener: (event: KeyboardEvent) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((key ?? event.key) === event.key && !event.repeat && !event.isComposing && !isCovered()) listener(event);
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const handle = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, [enabled]);
}
