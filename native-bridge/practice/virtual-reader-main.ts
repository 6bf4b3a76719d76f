import { parseArgs } from 'node:util';
import { z } from 'zod';
import { VirtualReaderError } from './reader-error.ts';
import { startVirtualReader, type VirtualReader, type VirtualReaderOptions } from './virtual-reader.ts';

const USAGE = `usage: virtual-reader-main [--tcp PORT] [--serial PATH] [--control PORT] [--baud N] [--with-parent]
Without --tcp and --serial it listens on a free TCP port; port 0 takes a free port. Prints one line of JSON with its addresses when ready.
--with-parent: ends when standard input is closed.`;

const portSchema = z.coerce.number().int().min(0).max(65535).optional();
const argumentsSchema = z.object({
  tcp: portSchema,
  serial: z.string().min(1).optional(),
  control: portSchema,
  baud: z.coerce.number().int().min(1200).max(921600).optional(),
  'with-parent': z.boolean().optional(),
});

type Arguments = z.infer<typeof argumentsSchema>;

const given = readArguments();
if (given) await run(given);
else fail(USAGE);

async function run(options: Arguments): Promise<void> {
  const reader = await start({
    tcpPort: options.tcp ?? (options.serial === undefined ? 0 : undefined),
    serialPath: options.serial,
    controlPort: options.control,
    baud: options.baud,
  });
  if (!reader) return;
  endWith(reader, options['with-parent'] === true);
  announce(reader);
}

function readArguments(): Arguments | undefined {
  try {
    const options = {
      tcp: { type: 'string' },
      serial: { type: 'string' },
      control: { type: 'string' },
      baud: { type: 'string' },
      'with-parent': { type: 'boolean' },
    } as const;
    return argumentsSchema.parse(parseArgs({ options }).values);
  } catch {
    return undefined;
  }
}

async function start(options: VirtualReaderOptions): Promise<VirtualReader | undefined> {
  try {
    return await startVirtualReader(options);
  } catch (cause) {
    if (!(cause instanceof VirtualReaderError)) throw cause;
    fail(`${cause.code}: ${cause.message}\n${cause.code === 'no-line' ? USAGE : ''}`);
    return undefined;
  }
}

function announce(reader: VirtualReader): void {
  const { tcpPort, serialPath, controlPort, baud } = reader.state();
  const tcp = tcpPort === undefined ? undefined : { host: '127.0.0.1', port: tcpPort };
  const control = controlPort === undefined ? undefined : `http://127.0.0.1:${controlPort}`;
  process.stdout.write(`${JSON.stringify({ ready: true, tcp, serial: serialPath, control, baud })}\n`);
}

function endWith(reader: VirtualReader, withParent: boolean): void {
  const end = (): void => void reader.close().then(() => process.exit(0));
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
