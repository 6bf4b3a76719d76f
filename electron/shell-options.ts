import { parseArgs } from 'node:util';

/** What both shells take from their command line. */
export interface ShellOptions {
  /** Do not open a window; stay until a signal ends the program. */
  readonly isHidden: boolean;
  /** Print one line of JSON for a program once the station is ready. */
  readonly printsAddress: boolean;
  readonly port: number | undefined;
  readonly dataFolder: string | undefined;
  readonly practiceControlPort: number | undefined;
  /**
   * Whether a new station asks to be set up. It does in a window of its own; one that a program drives, or whose page
   * somebody opens elsewhere, begins in practice mode at once.
   */
  readonly offersFirstRun: boolean;
}

const options = {
  'no-open': { type: 'boolean', default: false },
  'print-address': { type: 'boolean', default: false },
  port: { type: 'string' },
  'data-folder': { type: 'string' },
  'practice-control-port': { type: 'string' },
  'first-run': { type: 'boolean', default: false },
} as const;

/** Throws a `RangeError` on anything but a port number. */
function portNumber(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= 65535) return port;
  throw new RangeError(`--${name} takes a port number from 0 to 65535.`);
}

/** Reads the command line. Throws an error with a sentence for the person who typed it. */
export function readShellOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({ args: [...argv], options, strict: true });
  return {
    isHidden: values['no-open'],
    printsAddress: values['print-address'],
    port: portNumber('port', values.port),
    dataFolder: values['data-folder'],
    practiceControlPort: portNumber('practice-control-port', values['practice-control-port']),
    offersFirstRun: values['first-run'] || !(values['no-open'] || values['print-address']),
  };
}

/** Keeps the arguments that are ours: Electron's own switches stand between them. */
export function ownArguments(argv: readonly string[]): string[] {
  const kept: string[] = [];
  for (const [index, argument] of argv.entries()) {
    const [name = ''] = argument.replace(/^--/, '').split('=', 1);
    if (!argument.startsWith('--') || !Object.hasOwn(options, name)) continue;
    const takesNext = options[name as keyof typeof options].type === 'string' && !argument.includes('=');
    kept.push(argument, ...(takesNext ? argv.slice(index + 1, index + 2) : []));
  }
  return kept;
}
