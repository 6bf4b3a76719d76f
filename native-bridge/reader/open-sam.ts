import { StationError } from '../contract/errors.ts';
import type { OpenReader } from './reader-module.ts';
import { SamModule } from './sam/sam-module.ts';
import { readSamNumber } from './sam/sam-number.ts';
import type { ByteLink } from './transport/byte-link.ts';

/** An unknown port gets one status frame per speed and this long to answer. */
export const probeMs = 300;

/** What is known of a line before the module on it was asked. */
export interface LineKnowledge {
  readonly baudRate?: number;
  readonly model?: string;
  readonly driver?: string;
}

/**
 * Asks whether a module listens on an open line, and for its number. Undefined when none answers; rejects with the
 * module's or the line's trouble. The line is given back unless a reader is returned, at once when it is called off.
 */
export async function openSam(
  link: ByteLink,
  known: LineKnowledge,
  signal: AbortSignal,
): Promise<OpenReader | undefined> {
  const module = new SamModule(link, known.baudRate);
  const giveBack = () => void module.close();
  signal.addEventListener('abort', giveBack, { once: true });
  let reader: OpenReader | undefined;
  try {
    if (!signal.aborted && (await module.probe(probeMs))) {
      const samNumber = await readSamNumber(module);
      reader = { module, transport: link.kind, address: link.address, samNumber, ...known };
    }
    return reader;
  } finally {
    signal.removeEventListener('abort', giveBack);
    if (reader === undefined) await module.close();
  }
}

/** As `openSam`, for a line at whose other end a reader is known to be: rejects with `code` when none answers. */
export async function demandSam(
  link: ByteLink,
  known: LineKnowledge,
  signal: AbortSignal,
  code: 'reader.no-answer' | 'reader.silent-port' = 'reader.no-answer',
): Promise<OpenReader> {
  const reader = await openSam(link, known, signal);
  if (reader === undefined) throw new StationError(code);
  return reader;
}
