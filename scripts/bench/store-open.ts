import { openStore } from '../../native-bridge/store/open-store.ts';
import { numberedDraft, sampleKey } from '../../native-bridge/store/sample-draft.ts';

// Started by the store bench: node store-open.ts <file> <clean|kill> <index>. Tells how long opening took, seals so that
// there is something in the log, and ends in good order or waits to be killed.
const [, , file = '', end, index = '0'] = process.argv;
const cpu = process.threadCpuUsage();
const start = performance.now();
const store = openStore({ file, key: sampleKey });
const ms = performance.now() - start;
const { user, system } = process.threadCpuUsage(cpu);
store.records.seal(numberedDraft(Number(index)), 'bench');
process.send?.({ ms, cpuMs: (user + system) / 1000 });
if (end === 'clean') {
  store.close();
  process.disconnect?.();
} else setInterval(() => undefined, 60_000);
