/** `npm run bench -- NAME [ARGUMENTS]`: measures one part of the station. */
import { benchFace } from './bench/face.ts';
import { benchGuide } from './bench/guide.ts';
import { benchLiveness } from './bench/liveness.ts';
import { benchPrompt } from './bench/prompt.ts';
import { benchReader } from './bench/reader.ts';
import { benchStart } from './bench/start.ts';
import { benchStore } from './bench/store.ts';
import { benchSync } from './bench/sync.ts';
import { benchTransfer } from './bench/transfer.ts';

const benches: Readonly<Record<string, (files: readonly string[]) => Promise<void>>> = {
  face: benchFace,
  guide: () => benchGuide(),
  liveness: benchLiveness,
  prompt: () => benchPrompt(),
  reader: () => benchReader(),
  start: () => benchStart(),
  store: benchStore,
  sync: benchSync,
  transfer: benchTransfer,
};

const [name = '', ...files] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  console.error(`Say what to measure: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
} else {
  await bench(files);
}
