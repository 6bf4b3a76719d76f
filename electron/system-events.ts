import type { PowerMonitor } from 'electron';
import type { SystemEvent } from '../native-bridge/rpc/shell-link.ts';

const ofMachine = ['suspend', 'resume', 'lock-screen', 'unlock-screen'] as const satisfies readonly SystemEvent[];

/**
 * Tells the station that the machine sleeps, wakes, is locked or unlocked. A machine that shuts down waits until the
 * program has ended by itself, where the system lets it.
 */
export function relaySystemEvents(
  monitor: Pick<PowerMonitor, 'on'>,
  tell: (event: SystemEvent) => void,
  quit: () => void,
): void {
  // The type has one overload for each name, so a name out of several fits none of them.
  const on = monitor.on.bind(monitor) as (name: SystemEvent, listener: () => void) => unknown;
  for (const name of ofMachine) on(name, () => tell(name));
  // Electron's event carries it, its type does not say so.
  monitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    quit();
  });
}
