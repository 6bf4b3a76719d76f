/** `npm run bench -- NAME`: measures one part of the station. */
import { benchReader } from './bench/reader.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = { reader: () => benchReader() };

const [name = ''] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  console.error(`Say what to measure: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
} else {
  await bench();
}
