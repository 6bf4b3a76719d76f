import { parseArgs } from 'node:util';
import { z } from 'zod';
import { lineBodySchema, statusBodySchema, variantBodySchema } from './control-fault-schema.ts';
import { COMMAND_NAMES } from './module-command.ts';
import { SYNTHETIC_SAM_NUMBER, type VirtualReaderOptions } from './virtual-reader.ts';

export const USAGE = `usage: virtual-reader-main [--tcp PORT] [--serial PATH] [--control PORT] [--baud N] [--readers N] [--sam HEX]
                           [--delay-scale F] [--status SETTINGS] [--variant SETTINGS] [--line SETTINGS]
                           [--with-parent] [--usage]
Without --tcp and --serial it listens on a free TCP port; port 0 takes a free port. Prints one line of JSON with its
addresses for each reader when ready.
--readers N: so many readers, each on the next ports and with the next module number (not with --serial).
--sam HEX: module number, 16 bytes.
--delay-scale F: factor on module work and wire time, 0 answers at once.
--with-parent: ends when standard input is closed.

SETTINGS are key=value pairs with commas between, as the POST calls of the control interface take them in JSON:
--status (POST /status)
  next=BYTE on=COMMAND after=N times=N|always   commands answered with a status: which, after how many, how often
  selfTestFails=true notAuthorised=true         60 to everything, 66 to what needs keys
  commands: ${COMMAND_NAMES.join(' ')}
--variant (POST /variant)
  hidesReadCard=until-reset|until-lifted|until-antenna|never   how long find answers 80 to a card that was read
  firstNumberWrong=true            the first module number after power-up is wrong
  readsFingerprint=false           21 to 30 10
  damagedFingerprint=with-text|bare  37 to 30 10, with or without the other content
  readsAddedInformation=true       30 02 is answered
  bodyNumberBytes=16..32           length of the answer to 30 05
--line (POST /line)
  before=HEX after=HEX garbledAnswers=N   garbage around all answers, or the next N
  badChecks=N swallow=N glue=N     next N answers: wrong check byte, lost, held back and sent with the next one
  slowMs=N                         each answer comes later
  pieces=irregular|single-bytes|whole     how answers are cut
  firstClip=N firstZeros=N         first answer after opening: bytes missing, stray 00 before it
  unplugInAnswer=true              unplugged in the middle of the next answer
`;

const flags = {
  tcp: { type: 'string' },
  serial: { type: 'string' },
  control: { type: 'string' },
  baud: { type: 'string' },
  readers: { type: 'string', default: '1' },
  sam: { type: 'string' },
  'delay-scale': { type: 'string' },
  status: { type: 'string' },
  variant: { type: 'string' },
  line: { type: 'string' },
  'with-parent': { type: 'boolean' },
  usage: { type: 'boolean' },
} as const;

/** Settings whose values are hex digits, of which some look like numbers. */
const HEX_SETTINGS: readonly string[] = ['before', 'after'];

/** `a=1,b=x` as an object; numbers (also 0x..) and true/false become what they are. */
function settingsOf(text: string, hexSettings: readonly string[]): unknown {
  const pairs = text.split(',').map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key, hexSettings.includes(key) ? value.join('=') : valueOf(value.join('='))] as const;
  });
  return Object.fromEntries(pairs);
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : text;
}

function settingsSchema<Settings>(schema: z.ZodType<Settings>, hexSettings: readonly string[] = []) {
  return z
    .string()
    .transform((text) => settingsOf(text, hexSettings))
    .pipe(schema)
    .optional();
}

const portSchema = z.coerce.number().int().min(0).max(65535).optional();
const samSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{32}$/)
  .transform((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

const argumentsSchema = z.object({
  tcp: portSchema,
  serial: z.string().min(1).optional(),
  control: portSchema,
  baud: z.coerce.number().int().min(1200).max(921_600).optional(),
  readers: z.coerce.number().int().min(1).max(64),
  sam: samSchema.optional(),
  'delay-scale': z.coerce.number().min(0).max(100).optional(),
  status: settingsSchema(statusBodySchema),
  variant: settingsSchema(variantBodySchema),
  line: settingsSchema(lineBodySchema, HEX_SETTINGS),
  'with-parent': z.boolean().default(false),
  usage: z.boolean().default(false),
});

export interface ReaderArguments {
  /** One for each reader that is to be started. */
  readonly readers: readonly VirtualReaderOptions[];
  readonly withParent: boolean;
  readonly wantsUsage: boolean;
}

/** Reads the command line; `undefined` when it is not understood. */
export function readArguments(argv: readonly string[]): ReaderArguments | undefined {
  try {
    const given = argumentsSchema.parse(parseArgs({ args: [...argv], options: flags }).values);
    if (given.readers > 1 && given.serial !== undefined) return undefined;
    return {
      readers: Array.from({ length: given.readers }, (_, index) => optionsOf(given, index)),
      withParent: given['with-parent'],
      wantsUsage: given.usage,
    };
  } catch {
    return undefined;
  }
}

function optionsOf(given: z.infer<typeof argumentsSchema>, index: number): VirtualReaderOptions {
  const tcp = given.tcp ?? (given.serial === undefined ? 0 : undefined);
  return {
    tcpPort: portAfter(tcp, index),
    serialPath: given.serial,
    controlPort: portAfter(given.control, index),
    baud: given.baud,
    samNumber: numberAfter(given.sam ?? SYNTHETIC_SAM_NUMBER, index),
    delayScale: given['delay-scale'],
    fault: given.status,
    variant: given.variant,
    line: given.line,
  };
}

/** 0 stays 0: the system then chooses another port for each reader. */
function portAfter(port: number | undefined, index: number): number | undefined {
  return port ? port + index : port;
}

/** The module number whose last group is greater by `index`. */
function numberAfter(samNumber: Uint8Array, index: number): Uint8Array {
  const next = Uint8Array.from(samNumber);
  const view = new DataView(next.buffer);
  view.setUint32(12, view.getUint32(12, true) + index, true);
  return next;
}
