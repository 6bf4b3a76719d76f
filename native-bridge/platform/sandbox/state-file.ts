import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { emptyState, stateSchema, type State } from './state.ts';

/** Reads the stored state; a missing file is an empty platform, an unreadable one an error (it is never overwritten). */
export function loadState(file: string | undefined): State {
  if (file === undefined || !existsSync(file)) return emptyState();
  const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`sandbox state file is not readable: ${file}`, { cause: parsed.error });
  return parsed.data;
}

/** Writes a file so that a crash leaves either the old or the new content, never half of one. */
export function writeAtomically(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

export function saveState(file: string | undefined, state: State): void {
  if (file !== undefined) writeAtomically(file, JSON.stringify(state));
}
