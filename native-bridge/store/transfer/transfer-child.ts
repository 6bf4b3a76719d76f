import { openTestStation } from './two-stations.ts';

// Started by the crash tests and killed by them: node transfer-child.ts <export|import> <database> <key> <stick> <argument>.
// `export` gives everything unsent to the station whose public keys are the argument, or goes on with what was begun;
// `import` takes the package at the path of the argument. A line is written for every record that is done.
const [, , mode, file = '', key = '', stick = '', argument = ''] = process.argv;
const station = openTestStation(file, stick, Buffer.from(key, 'hex'));
const { transfers } = station.store;
const work = { onProgress: (done: number) => process.stdout.write(`${done}\n`) };
const common = { practice: false, actor: 'tester' };

async function exportOrResume(): Promise<void> {
  const open = transfers.list(1).find(({ state }) => state === 'open');
  if (open === undefined) {
    const receiver = { station: JSON.parse(argument) as ReturnType<typeof transfers.own> };
    await transfers.export({ kind: 'hand-over', receiver, folder: stick, ...common }, work);
  } else {
    await transfers.resume({ id: open.id, folder: stick, actor: 'tester' }, work);
  }
}

if (mode === 'export') await exportOrResume();
else await transfers.import({ path: argument, ...common }, work);
station.store.close();
