/**
 * Measures the store: a durable seal, and searching, listing and opening with very many workers. Each search takes turns
 * with a plain LIKE over the same rows in the same run.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Database } from '../../native-bridge/store/database.ts';
import { openDatabase } from '../../native-bridge/store/open-database.ts';
import { openStore, type Store, storeOn } from '../../native-bridge/store/open-store.ts';
import { numberedDraft, sampleKey, sampleTeam, temporaryFolder } from '../../native-bridge/store/sample-draft.ts';
import { median, quantile } from './quantile.ts';
import { repeatableRandom } from './store-people.ts';
import { fillWithWorkers, inventedPeople } from './store-workers.ts';

const { projectCode } = sampleTeam;
const pageOf = 50;

/** Bytes of a prepared picture. The search reads none; with 40 kB the file of 100,000 workers would have 12 GB. */
const preparedPictureBytes = 400;

interface Took {
  readonly ms: number;
  /** Of this thread's processor: what is left of `ms` on a machine that does nothing else and whose disk is quick. */
  readonly cpuMs: number;
}

function took(work: () => unknown): Took {
  const cpu = process.threadCpuUsage();
  const start = performance.now();
  work();
  const ms = performance.now() - start;
  const { user, system } = process.threadCpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** Seals as the station does, each with three new pictures of 40 kB; drafts that were stored before, and whole ones. */
function measureSeals(runs: number) {
  const folder = temporaryFolder();
  const store = openStore({ file: folder.path('station.db'), key: sampleKey });
  const drafts = Array.from({ length: 2 * runs }, (_, index) => numberedDraft(index));
  const stored = drafts.slice(0, runs).map((draft) => {
    const saved = took(() => store.drafts.save(draft));
    return { saved, sealed: took(() => store.records.seal(draft, 'bench')) };
  });
  const whole = drafts.slice(runs).map((draft) => took(() => store.records.seal(draft, 'bench')));
  store.close();
  folder.remove();
  return {
    'save a draft with 3 new pictures': stored.map(({ saved }) => saved),
    'seal a stored draft': stored.map(({ sealed }) => sealed),
    'seal with 3 new pictures': whole,
  };
}

/** What operators type, in the forms that cost most and least. */
const queries: Readonly<Record<string, readonly string[]>> = {
  'name: a common surname': ['王', '李', '张', '刘', '陈'],
  'name: whole': ['王伟强', '李建国', '韦志文', '单小明', '阿布都·伟强曼', '黄永健'],
  'name: given name': ['建国', '志文', '小明', '伟强'],
  'initials: 2 letters': ['wq', 'zg', 'lj', 'hy', 'zw'],
  'initials: 3 letters': ['wwq', 'ljg', 'zzw', 'hyj', 'wjg'],
  pinyin: ['wang', 'li', 'wangwei', 'lijianguo', 'zhangzhi', 'chenjg'],
  'number: last four': [],
  'number: first six': [],
  'number: first two': ['45'],
};

interface Measured {
  readonly times: Took[];
  readonly peer: Took[];
}

/** The same question as a program without an index asks it. Pinyin it cannot ask; the name is scanned instead. */
function likeScan(database: Database, text: string): Took {
  const row = z.object({ id: z.string() });
  const inProject = 'FROM records JOIN outbox ON record_id = id WHERE project_code = @projectCode';
  const like = /\d/.test(text) ? 'card_number LIKE @like' : 'name LIKE @like';
  const parameters = { projectCode, like: `%${text}%` };
  return took(() => {
    database.rows(row, `SELECT id ${inProject} AND ${like} ORDER BY position DESC LIMIT ${pageOf}`, parameters);
    database.row(z.object({ n: z.int() }), `SELECT count(*) AS n ${inProject} AND ${like}`, parameters);
  });
}

function measureQueries(store: Store, database: Database, texts: readonly string[], rounds: number): Measured {
  const times: Took[] = [];
  const peer: Took[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const text = texts[round % texts.length] ?? '';
    times.push(took(() => store.workers.search({ projectCode, text, limit: pageOf })));
    if (round % 20 === 0) peer.push(likeScan(database, text));
  }
  return { times, peer };
}

/** Goes through the whole list and gives a place somewhere near its end. */
function deepCursor(store: Store, workers: number): number | undefined {
  let after: number | undefined;
  for (let seen = 0; seen < workers * 0.9; seen += 1000) {
    after = store.workers.search({ projectCode, after, limit: 1000 }).next ?? after;
  }
  return after;
}

function measureLists(store: Store, workers: number, rounds: number): Record<string, Took[]> {
  const after = deepCursor(store, workers);
  const repeat = (work: () => unknown) => Array.from({ length: rounds }, () => took(work));
  const list = (part: object) => repeat(() => store.workers.search({ projectCode, limit: pageOf, ...part }));
  return {
    'list: first page with count': list({}),
    'list: deep page': list({ after }),
    'list: one team': list({ teamName: '第7班组' }),
    'list: confirmed': list({ state: 'confirmed' }),
    'list: unsent': list({ state: 'sealed' }),
    'list: surname in a team': list({ text: '李', teamName: '第7班组' }),
    'queue: newest, with counts': repeat(() => [store.records.list({ limit: pageOf }), store.records.counts()]),
    'status: unsent and today': repeat(() => [store.records.unsent(), store.figures.today(projectCode, new Date())]),
    'outbox: due and next': repeat(() => [store.outbox.due(new Date(), 20), store.outbox.nextDueAt(new Date())]),
  };
}

const tookSchema = z.object({ ms: z.number(), cpuMs: z.number() });

const child = fileURLToPath(new URL('store-open.ts', import.meta.url));

/** Opens the file in a new process, seals once there so that a log stands behind it, and ends or kills the process. */
async function openElsewhere(file: string, end: 'clean' | 'kill', index: number): Promise<Took> {
  const running = fork(child, [file, end, String(index)]);
  const exited = once(running, 'exit');
  const [message] = (await once(running, 'message')) as [unknown];
  if (end === 'kill') running.kill('SIGKILL');
  await exited;
  return tookSchema.parse(message);
}

async function measureOpening(file: string, runs: number): Promise<Record<string, Took[]>> {
  const clean: Took[] = [];
  const killed: Took[] = [];
  for (let run = 0; run < runs; run += 1) {
    clean.push(await openElsewhere(file, 'kill', 2 * run));
    killed.push(await openElsewhere(file, 'clean', 2 * run + 1));
  }
  return { 'open after a clean end': clean, 'open after SIGKILL': killed };
}

type Row = Readonly<Record<string, number>>;
const rounded = (value: number) => Number(value.toFixed(2));

function rowOf(times: readonly Took[], peer: readonly Took[] = []): Row {
  const [ms, cpuMs, peerMs] = [times.map((one) => one.ms), times.map((one) => one.cpuMs), peer.map((one) => one.ms)];
  const row = {
    runs: times.length,
    medianMs: rounded(median(ms)),
    p95Ms: rounded(quantile(ms, 0.95)),
    cpuMedianMs: rounded(median(cpuMs)),
    cpuP95Ms: rounded(quantile(cpuMs, 0.95)),
  };
  if (peer.length === 0) return row;
  return { ...row, likeScanMs: rounded(median(peerMs)), timesFaster: rounded(median(peerMs) / median(ms)) };
}

function numbersOf(people: readonly { readonly number: string }[]) {
  const random = repeatableRandom(3);
  const some = Array.from({ length: 40 }, () => people[Math.floor(random() * people.length)]?.number ?? '');
  return {
    ...queries,
    'number: last four': some.map((number) => number.slice(-4)),
    'number: first six': some.map((number) => number.slice(0, 6)),
  };
}

function measureWorkers(file: string, workers: number, rounds: number): Record<string, Row> {
  const people = inventedPeople(workers);
  if (!existsSync(file)) fillWithWorkers(file, people, preparedPictureBytes);
  const database = openDatabase(file, sampleKey);
  const store = storeOn(database);
  if (store.workers.search({ projectCode, limit: 1 }).count === 0) throw new Error('nothing was prepared');
  const searches = Object.entries(numbersOf(people)).map(([title, texts]) => {
    const { times, peer } = measureQueries(store, database, texts, rounds);
    return [`search, ${title}`, rowOf(times, peer)] as const;
  });
  const lists = Object.entries(measureLists(store, workers, rounds)).map(([title, t]) => [title, rowOf(t)] as const);
  database.close();
  return Object.fromEntries([...searches, ...lists]);
}

function valueOf(parameters: readonly string[], name: string): string | undefined {
  const at = parameters.indexOf(name);
  return at < 0 ? undefined : parameters[at + 1];
}

const workersAsked = (parameters: readonly string[]): number =>
  z.coerce
    .number()
    .int()
    .min(1)
    .parse(valueOf(parameters, '--workers') ?? 100_000);

/**
 * `npm run bench -- store [--workers N] [--file PATH]`. A file that is named is kept, and used as it is the next time:
 * preparing takes minutes. Prints the figures and, as the last line, the same as JSON.
 */
export async function benchStore(parameters: readonly string[]): Promise<void> {
  const workers = workersAsked(parameters);
  const folder = temporaryFolder();
  const file = valueOf(parameters, '--file') ?? folder.path('station.db');
  try {
    const seals = Object.entries(measureSeals(100)).map(([title, times]) => [title, rowOf(times)] as const);
    const found = measureWorkers(file, workers, 200);
    const megabytes = rounded(statSync(file).size / 1e6);
    const opened = Object.entries(await measureOpening(file, 7)).map(([title, t]) => [title, rowOf(t)] as const);
    const rows = Object.fromEntries([...seals, ...Object.entries(found), ...opened]);
    console.log(`${workers} workers, pictures of ${preparedPictureBytes} bytes, file of ${megabytes} MB`);
    console.table(rows);
    console.log(JSON.stringify({ workers, megabytes, preparedPictureBytes, rows }));
  } finally {
    folder.remove();
  }
}
