import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { StationError } from '../contract/errors.ts';
import { replaceDurably } from './durable-file.ts';
import {
  envelopeSchema,
  type KeyEnvelope,
  newDataKey,
  openByRecovery,
  openByShell,
  withNewDataKey,
  withRecovery,
  withShell,
  wrapForShell,
} from './key-envelope.ts';
import { keyFitsFile } from './page-authentication.ts';
import { newRecoveryKey, readRecoveryKey, recoveryKeyText } from './recovery-key.ts';
import { isRekeyedBy } from './rekeyed-file.ts';
import { guarded } from './store-error.ts';

/** The envelope and its copy: a single unreadable sector must not cost all data. The first that can be read counts. */
const names = ['data-keys.json', 'data-keys.copy.json'] as const;

function parsed(path: string): KeyEnvelope | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return envelopeSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The envelope of a data folder, undefined when there is none that can be read. */
export function readEnvelope(folder: string): KeyEnvelope | undefined {
  return parsed(join(folder, names[0])) ?? parsed(join(folder, names[1]));
}

export function writeEnvelope(folder: string, envelope: KeyEnvelope): void {
  const text = `${JSON.stringify(envelope)}\n`;
  guarded(() => {
    for (const name of names) replaceDurably(join(folder, name), text);
  });
}

const hasContent = (file: string) => existsSync(file) && statSync(file).size > 0;

/** A data file older than the envelope has the shell's key itself as its data key, and goes on with it. */
function firstEnvelope(folder: string, file: string, shellKey: Uint8Array): Uint8Array {
  if (names.some((name) => existsSync(join(folder, name))))
    throw new StationError('store.wrong-key', 'the wrapped key cannot be read');
  const isOlder = hasContent(file);
  if (isOlder && !keyFitsFile(file, shellKey)) throw new StationError('store.wrong-key', 'no wrapped key');
  const dataKey = isOlder ? shellKey : newDataKey();
  writeEnvelope(folder, { version: 1, current: wrapForShell(dataKey, shellKey) });
  return dataKey;
}

/**
 * The data key of a folder whose data file is `file`, by the shell's key; made at the first start. Throws
 * `store.wrong-key` when the shell has no key or another one: the recovery key opens the file then.
 */
export function openDataKey(folder: string, file: string, shellKey: Uint8Array | undefined): Uint8Array {
  if (shellKey === undefined) throw new StationError('store.wrong-key', 'the shell has no key');
  const envelope = readEnvelope(folder);
  if (envelope === undefined) return guarded(() => firstEnvelope(folder, file, shellKey));
  const dataKey = openByShell(envelope.current, shellKey);
  if (dataKey === undefined) throw new StationError('store.wrong-key', 'the shell key does not open the wrapped key');
  return dataKey;
}

function demandEnvelope(folder: string): KeyEnvelope {
  const envelope = readEnvelope(folder);
  if (envelope === undefined) throw new StationError('recovery-key.none');
  return envelope;
}

/** Makes the recovery key, or a new one instead of the old, and returns it for showing once. It is kept nowhere. */
export function makeRecoveryKey(folder: string, dataKey: Uint8Array, now: Date): string {
  const envelope = demandEnvelope(folder);
  const key = newRecoveryKey();
  writeEnvelope(folder, { ...envelope, current: withRecovery(envelope.current, dataKey, key, now) });
  return recoveryKeyText(key);
}

/** Whether what was typed opens the data; notes that it did. Throws `recovery-key.*`. */
export function testRecoveryKey(folder: string, dataKey: Uint8Array, typed: string, now: Date): void {
  const envelope = demandEnvelope(folder);
  const opened = openByRecovery(envelope.current, readRecoveryKey(typed));
  if (!Buffer.from(opened).equals(dataKey)) throw new StationError('recovery-key.wrong', 'another data key');
  const { recovery, ...rest } = envelope.current;
  if (recovery === undefined) return;
  const current = { ...rest, recovery: { ...recovery, testedAt: now.toISOString() } };
  writeEnvelope(folder, { ...envelope, current });
}

/** Also when the file that this key is for still waits for the exchange, see `finishRekey`. */
const fitsData = (file: string, dataKey: Uint8Array): boolean =>
  !hasContent(file) || keyFitsFile(file, dataKey) || isRekeyedBy(file, dataKey);

/** Both copies of the envelope say the same from here on: the first of them may have been written and the second not. */
export function evenEnvelopes(folder: string): void {
  const [envelope, copy] = [readEnvelope(folder), parsed(join(folder, names[1]))];
  if (envelope !== undefined && !isDeepStrictEqual(envelope, copy)) writeEnvelope(folder, envelope);
}

/**
 * The typed recovery key, checked, for wrapping a new data key; undefined when none was typed. Throws `recovery-key.*`.
 */
export function demandRecoveryKey(folder: string, typed: string | undefined): Uint8Array | undefined {
  if (typed === undefined) return undefined;
  const recoveryKey = readRecoveryKey(typed);
  openByRecovery(demandEnvelope(folder).current, recoveryKey);
  return recoveryKey;
}

/** From here on `newKey` is the data key of the folder. The files that wait for it are exchanged by `finishRekey`. */
export function commitDataKey(
  folder: string,
  newKey: Uint8Array,
  by: { readonly shellKey: Uint8Array; readonly recoveryKey: Uint8Array | undefined },
  now: Date,
): void {
  writeEnvelope(folder, withNewDataKey(demandEnvelope(folder), newKey, by, now));
}

/**
 * Opens the data key with what was typed and wraps it by the shell's present key from now on. `envelopes` are tried in
 * order: that of the folder, then those beside backups. Throws `recovery-key.*`; nothing is changed then.
 */
export function adoptByRecovery(
  folder: string,
  file: string,
  typed: string,
  shellKey: Uint8Array,
  envelopes: readonly KeyEnvelope[] = [],
): Uint8Array {
  const recoveryKey = readRecoveryKey(typed);
  const own = readEnvelope(folder);
  let refusal = new StationError('recovery-key.none');
  for (const envelope of own === undefined ? envelopes : [own, ...envelopes]) {
    try {
      const dataKey = openByRecovery(envelope.current, recoveryKey);
      if (!fitsData(file, dataKey)) throw new StationError('recovery-key.wrong', 'another file');
      writeEnvelope(folder, { ...envelope, current: withShell(envelope.current, dataKey, shellKey) });
      return dataKey;
    } catch (cause) {
      if (!(cause instanceof StationError) || !cause.code.startsWith('recovery-key.')) throw cause;
      refusal = refusal.code === 'recovery-key.none' ? cause : refusal;
    }
  }
  throw refusal;
}
