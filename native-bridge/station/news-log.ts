import type { EventName, Payload } from '../contract/station.ts';
import type { StationLog } from '../diagnostics/station-log.ts';

type Values = Readonly<Record<string, unknown>>;

/** What of an event goes into the log: states, codes and counts. Events that are not here have nothing else to tell. */
const told: { readonly [N in EventName]?: (payload: Payload<N>) => Values } = {
  'reader.changed': ({ state, code, transport }) => ({ state, code, transport }),
  'station.changed': ({ platform, practice, gates, unsent, sendingPaused, faceTrouble, storeTrouble }) => ({
    practice,
    platform: platform.state,
    code: platform.error?.code,
    gates: gates
      .filter(({ level }) => level !== 'ok')
      .map(({ gate, level }) => `${gate} ${level}`)
      .join(' '),
    needsAttention: unsent.needsAttention,
    paused: sendingPaused !== undefined,
    face: faceTrouble?.code,
    store: storeTrouble?.code,
  }),
  'card.trouble': ({ code }) => ({ code }),
  'queue.changed': ({ record }) => ({ state: record.state }),
};

/** Writes the events of a station into its log; one that tells the same as the one of its name before is left out. */
export function newsLog(log: StationLog): <N extends EventName>(name: N, payload: Payload<N>) => void {
  const last = new Map<EventName, string>();
  return (name, payload) => {
    const values = told[name]?.(payload);
    if (values === undefined) return;
    const text = JSON.stringify(values);
    // The same trouble with the next card is another one.
    if (name !== 'card.trouble' && last.get(name) === text) return;
    last.set(name, text);
    log.write(name, values);
  };
}
