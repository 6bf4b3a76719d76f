/**
 * The station's sender in a process of its own, as `npm run bench -- sync` measures it: opens a data file, delivers all
 * that lies in it, and tells as JSON how fast, with how much memory and how responsive it was meanwhile.
 */
import '../../native-bridge/young-generation.ts';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { projectConnectionSchema } from '../../native-bridge/contract/station.ts';
import { RecordNews } from '../../native-bridge/station/record-news.ts';
import { PlatformDesk } from '../../native-bridge/station/platform-desk.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';

const planSchema = z.object({
  file: z.string(),
  key: z.string(),
  records: z.int(),
  connection: projectConnectionSchema,
  requestsAtOnce: z.int(),
});
const plan = planSchema.parse(JSON.parse(process.argv[2] ?? ''));

const store = openStore({ file: plan.file, key: new Uint8Array(Buffer.from(plan.key, 'hex')) });
const now = () => new Date();
let done: () => void = () => undefined;
const everything = new Promise<void>((resolve) => (done = resolve));
let events = 0;
/** Once a tenth has arrived the caches, of a fixed size, are full: what comes on top would be a leak. */
let memoryWarm: number | undefined;

/** What a real station computes and sends to its screens whenever records change. */
const news = new RecordNews({
  records: (ids) => {
    for (const id of ids) if (store.records.summary(id).id === id) events += 1;
  },
  status: () => {
    store.records.unsent();
    store.figures.today(plan.connection.projectCode, now());
    const { confirmed } = store.records.counts();
    if (confirmed >= plan.records / 10) memoryWarm ??= process.memoryUsage.rss();
    if (confirmed >= plan.records) done();
  },
});
const desk = new PlatformDesk({
  store,
  connection: plan.connection,
  now,
  pace: {
    outcomeWaitsMs: [200, 200, 400],
    retryWaitsMs: [200, 1000],
    requestsAtOnce: plan.requestsAtOnce,
  },
  onRecordChanged: (id) => news.recordChanged(id),
  onStateChanged: () => news.statusChanged(),
});

const megabytes = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
const memoryBefore = process.memoryUsage.rss();
let memoryMost = memoryBefore;
const watch = setInterval(() => (memoryMost = Math.max(memoryMost, process.memoryUsage.rss())), 100);
const delay = monitorEventLoopDelay({ resolution: 1 });
const processorBefore = process.cpuUsage();
const startedAt = performance.now();
delay.enable();
desk.wake();
await everything;
delay.disable();
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(processorBefore);
clearInterval(watch);
await desk.close();
news.stop();
store.close();
const milliseconds = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
console.log(
  JSON.stringify({
    seconds: Math.round(seconds * 100) / 100,
    recordsPerSecond: Math.round((plan.records / seconds) * 10) / 10,
    processorSeconds: Math.round((user + system) / 1e4) / 100,
    memoryMegabytes: {
      before: megabytes(memoryBefore),
      warm: megabytes(memoryWarm ?? memoryBefore),
      most: megabytes(memoryMost),
      after: megabytes(process.memoryUsage.rss()),
    },
    memoryGrowthMegabytes: megabytes(memoryMost - (memoryWarm ?? memoryBefore)),
    loopDelayMilliseconds: {
      median: milliseconds(delay.percentile(50)),
      p99: milliseconds(delay.percentile(99)),
      most: milliseconds(delay.max),
    },
    events,
  }),
);
process.exit(0);
