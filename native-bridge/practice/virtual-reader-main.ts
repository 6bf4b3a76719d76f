import { readArguments, USAGE } from './reader-arguments.ts';
import { VirtualReaderError } from './reader-error.ts';
import { startVirtualReader, type VirtualReader, type VirtualReaderOptions } from './virtual-reader.ts';

const given = readArguments(process.argv.slice(2));
if (!given) fail(USAGE);
else if (given.wantsUsage) process.stdout.write(USAGE);
else await run(given.readers, given.withParent);

async function run(options: readonly VirtualReaderOptions[], withParent: boolean): Promise<void> {
  const readers = await start(options);
  if (readers.length === 0) return;
  endWith(readers, withParent);
  for (const reader of readers) announce(reader);
}

/** All readers, or none when one cannot be started. */
async function start(options: readonly VirtualReaderOptions[]): Promise<readonly VirtualReader[]> {
  const readers: VirtualReader[] = [];
  try {
    for (const each of options) readers.push(await startVirtualReader(each));
    return readers;
  } catch (cause) {
    if (!(cause instanceof VirtualReaderError)) throw cause;
    fail(`${cause.code}: ${cause.message}`);
    await closeAll(readers);
    return [];
  }
}

async function closeAll(readers: readonly VirtualReader[]): Promise<void> {
  await Promise.all(readers.map((reader) => reader.close()));
}

function announce(reader: VirtualReader): void {
  const { tcpPort, serialPath, controlPort, baud } = reader.state();
  const tcp = tcpPort === undefined ? undefined : { host: '127.0.0.1', port: tcpPort };
  const control = controlPort === undefined ? undefined : `http://127.0.0.1:${controlPort}`;
  process.stdout.write(`${JSON.stringify({ ready: true, tcp, serial: serialPath, control, baud })}\n`);
}

function endWith(readers: readonly VirtualReader[], withParent: boolean): void {
  const end = (): void => void closeAll(readers).then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (!withParent) return;
  process.stdin.once('end', end);
  process.stdin.once('error', end);
  process.stdin.resume();
}

function fail(message: string): void {
  process.stderr.write(`${message.trimEnd()}\n`);
  process.exitCode = 1;
}
