/**
 * `npm run soak -- reader [--reads N]`, `npm run soak -- face [--frames N]`: uses one part of the station for a long
 * time and looks at the memory.
 */
import { parseArgs } from 'node:util';
import { soakFace } from './soak/face.ts';
import { soakReader } from './soak/reader.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { reads: { type: 'string', default: '10000' }, frames: { type: 'string', default: '10000' } },
});

const soaks: Readonly<Record<string, () => Promise<boolean>>> = {
  reader: () => soakReader(Number(values.reads)),
  face: () => soakFace(Number(values.frames)),
};

const [name = ''] = positionals;
const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined;
const isCount = (text: string) => Number.isInteger(Number(text)) && Number(text) >= 1;
if (soak === undefined || !isCount(values.reads) || !isCount(values.frames)) {
  console.error('Usage: npm run soak -- reader [--reads N] | face [--frames N]');
  process.exitCode = 1;
} else if (!(await soak())) {
  process.exitCode = 1;
}
