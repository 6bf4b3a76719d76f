/** `npm run soak -- reader [--reads N]`: uses one part of the station for a long time and looks at the memory. */
import { parseArgs } from 'node:util';
import { soakReader } from './soak/reader.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { reads: { type: 'string', default: '10000' } },
});
const reads = Number(values.reads);
if (positionals[0] !== 'reader' || !Number.isInteger(reads) || reads < 1) {
  console.error('Usage: npm run soak -- reader [--reads N]');
  process.exitCode = 1;
} else if (!(await soakReader(reads))) {
  process.exitCode = 1;
}
