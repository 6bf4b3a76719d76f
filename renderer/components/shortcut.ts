import { useEffect, useEffectEvent } from 'react';

/** Where a key belongs to the control itself. */
const typing = 'input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true], .ant-select';
const pressing = 'button, a[href], [role=button], [role=tab], input[type=checkbox], input[type=radio]';
/** What covers the screen takes the keys for itself. */
const covering = '.ant-modal-wrap:not([style*="display: none"]), dialog[open]';

const inside = (event: KeyboardEvent, selector: string) =>
  event.target instanceof Element && event.target.closest(selector) !== null;

export const isTyping = (event: KeyboardEvent): boolean => inside(event, typing);
export const isPressing = (event: KeyboardEvent): boolean => inside(event, pressing);
export const isCovered = (): boolean => document.querySelector(covering) !== null;

/** Listens for a key on the whole page while `enabled`; the listener prevents the default where it used the key. */
export function useShortcut(key: string, enabled: boolean, listener: (event: KeyboardEvent) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === key && !event.repeat && !event.isComposing && !isCovered()) listener(event);
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const handle = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, [enabled]);
}
