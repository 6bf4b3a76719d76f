/**
 * `npm run faults -- [--runs N] [--seed S]`: kills the station at every step and at any moment, fills its disk, tears its
 * log, turns bits over and sets its clock, and counts what was lost or sent twice. Ends with a table and one JSON line.
 */
import { parseArgs } from 'node:util';
import { type FaultFigures, runFaults } from './faults/kills.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});

function report({ kinds, complaints, ...figures }: FaultFigures): void {
  for (const { title, runs, endings, complaints: found } of kinds) {
    const counts = Object.entries(endings).map(([ending, count]) => `${ending} ${count}`);
    console.log(`${title.padEnd(30)} ${String(runs).padStart(5)} runs  ${found} complaints  ${counts.join(', ')}`);
  }
  for (const complaint of complaints.slice(0, 50)) console.log(`- ${complaint}`);
  console.log(JSON.stringify({ ...figures, complaints: complaints.length, kinds }));
}

const runs = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run faults -- [--runs N] [--seed S]');
  process.exitCode = 1;
} else {
  const figures = await runFaults(runs, seed, (done, of) => {
    if (done % 50 === 0) console.error(`${done} of ${of}`);
  });
  report(figures);
  if (figures.lost + figures.twice + figures.complaints.length > 0) process.exitCode = 1;
}
