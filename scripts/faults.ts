/**
 * `npm run faults -- [--runs N] [--seed S]`: kills the station at every step and at any moment, fills its disk, tears its
 * log, turns bits over and sets its clock, and counts what was lost or sent twice.
 * `npm run faults -- network [--records N]`: the same count over a network that does everything wrong.
 * Both end with a table and one JSON line.
 */
import { parseArgs } from 'node:util';
import { type FaultFigures, runFaults } from './faults/kills.ts';
import { isWell, reportNetwork, runNetworkFaults } from './faults/network.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    records: { type: 'string', default: '2000' },
  },
});

function report({ kinds, complaints, ...figures }: FaultFigures): void {
  for (const { title, runs, endings, complaints: found } of kinds) {
    const counts = Object.entries(endings).map(([ending, count]) => `${ending} ${count}`);
    console.log(`${title.padEnd(30)} ${String(runs).padStart(5)} runs  ${found} complaints  ${counts.join(', ')}`);
  }
  for (const complaint of complaints.slice(0, 50)) console.log(`- ${complaint}`);
  console.log(JSON.stringify({ ...figures, complaints: complaints.length, kinds }));
}

async function misfortunes(runs: number, seed: number): Promise<boolean> {
  const figures = await runFaults(runs, seed, (done, of) => {
    if (done % 50 === 0) console.error(`${done} of ${of}`);
  });
  report(figures);
  return figures.lost + figures.twice + figures.complaints.length === 0;
}

async function network(records: number): Promise<boolean> {
  const figures = await runNetworkFaults({ records });
  reportNetwork(figures);
  return isWell(figures);
}

const [kind = 'misfortunes', ...others] = positionals;
const [runs, seed, records] = [values.runs, values.seed, values.records].map(Number) as [number, number, number];
const isUsable =
  others.length === 0 &&
  ['misfortunes', 'network'].includes(kind) &&
  [runs, records].every((count) => Number.isInteger(count) && count > 0) &&
  Number.isInteger(seed);

if (!isUsable) {
  console.error('Usage: npm run faults -- [--runs N] [--seed S] | network [--records N]');
  process.exitCode = 1;
} else if (!(await (kind === 'network' ? network(records) : misfortunes(runs, seed)))) {
  process.exitCode = 1;
}
