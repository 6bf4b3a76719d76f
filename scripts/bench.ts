/** `npm run bench -- NAME [ARGUMENTS]`: measures one part of the station. */
/** Each is loaded by itself: what the others import would be memory that the collector walks through while one measures. */
const benches: Readonly<Record<string, (files: readonly string[]) => Promise<void>>> = {
  face: async (files) => (await import('./bench/face.ts')).benchFace(files),
  guide: async () => (await import('./bench/guide.ts')).benchGuide(),
  liveness: async (files) => (await import('./bench/liveness.ts')).benchLiveness(files),
  prompt: async () => (await import('./bench/prompt.ts')).benchPrompt(),
  reader: async () => (await import('./bench/reader.ts')).benchReader(),
  start: async () => (await import('./bench/start.ts')).benchStart(),
  store: async (files) => (await import('./bench/store.ts')).benchStore(files),
  sync: async (files) => (await import('./bench/sync.ts')).benchSync(files),
  transfer: async (files) => (await import('./bench/transfer.ts')).benchTransfer(files),
};

const [name = '', ...files] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  console.error(`Say what to measure: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
} else {
  await bench(files);
}

// It imports nothing by name, and would not be taken for a module.
export {};
