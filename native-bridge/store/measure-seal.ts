import { numberedDraft, sampleKey, temporaryFolder } from './sample-draft.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';

// Prints how long durable writes take on this machine's temporary folder: node native-bridge/store/measure-seal.ts
const runs = 200;

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function report(title: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2);
  console.log(`${title}: median ${at(0.5)} ms, p90 ${at(0.9)} ms, worst ${at(1)} ms (${runs} runs)`);
}

/** As the station works: the draft with its pictures is stored step by step, then sealed. */
function measureSteps(store: Store): void {
  const drafts = Array.from({ length: runs }, (_, index) => numberedDraft(index));
  const first: number[] = [];
  const again: number[] = [];
  const seals: number[] = [];
  for (const draft of drafts) {
    first.push(milliseconds(() => store.drafts.save(draft)));
    again.push(milliseconds(() => store.drafts.save({ ...draft, fields: { ...draft.fields, isTeamLeader: true } })));
    seals.push(milliseconds(() => store.records.seal(draft, 'measurement')));
  }
  report('save a draft with 3 new pictures of 40 kB', first);
  report('save it again, pictures unchanged', again);
  report('seal a stored draft', seals);
}

function measureWholeSeals(store: Store): void {
  const drafts = Array.from({ length: runs }, (_, index) => numberedDraft(runs + index));
  const times = drafts.map((draft) => milliseconds(() => void store.records.seal(draft, 'measurement')));
  report('seal with 3 new pictures of 40 kB', times);
}

const folder = temporaryFolder();
const file = folder.path('station.db');
const store = openStore({ file, key: sampleKey });
measureSteps(store);
measureWholeSeals(store);
store.close();
const reopened: Store[] = [];
console.log(
  `open with quick check, ${2 * runs} records: ${milliseconds(() => void reopened.push(openStore({ file, key: sampleKey }))).toFixed(0)} ms`,
);
reopened[0]?.close();
folder.remove();
