import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { PackError } from './pack-error.ts';
import { type PackManifest, packManifestSchema } from './pack-manifest.ts';

const manifestName = 'manifest.json';
/** A licence text may be long; nothing else in a manifest is. */
const largestManifest = 256 * 1024;
/** The largest recognisers in use have 250 MB. */
export const largestModel = 500 * 1024 * 1024;

/** Windows has no such flag, and follows no link that `lstat` has not shown. */
const noFollow = constants.O_NOFOLLOW as number | undefined;

/**
 * The bytes of one plain file of a folder. Links, devices and whatever else would lead out of the folder are refused, and
 * so is a file larger than `most` bytes; nothing is read of either. Throws `PackError`.
 */
export async function readPackFile(folder: string, name: string, most: number): Promise<Uint8Array> {
  const path = join(folder, name);
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) throw new PackError('file', `${name} is no plain file`);
  const file = await open(path, constants.O_RDONLY | (noFollow ?? 0)).catch((cause: unknown) => {
    throw new PackError('file', `${name} cannot be opened`, { cause });
  });
  try {
    const { size } = await file.stat();
    if (size > most) throw new PackError('file', `${name} has ${size} bytes, at most ${most} are read`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Reads a pack's manifest. A pack whose folder is itself a link is refused. Throws `PackError`. */
export async function readManifest(folder: string): Promise<PackManifest> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new PackError('file', 'the pack is no folder of its own');
  const bytes = await readPackFile(folder, manifestName, largestManifest).catch((cause: unknown) => {
    throw new PackError('manifest', 'manifest.json cannot be read', { cause });
  });
  const result = packManifestSchema.safeParse(jsonOf(bytes));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PackError('manifest', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as described'}`);
}

/** What a JSON file holds, to be read through a schema at once. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new PackError('manifest', 'not JSON', { cause });
  }
}

/** The model file after its hash was held against the manifest's. */
export async function readModel(folder: string, { file, sha256 }: PackManifest['model']): Promise<Uint8Array> {
  const bytes = await readPackFile(folder, file, largestModel);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) throw new PackError('hash', `${file} has SHA-256 ${actual}`);
  return bytes;
}

/** A file of exactly so many 32-bit floats, little-endian. */
export async function readFloats(folder: string, name: string, count: number): Promise<Float32Array> {
  const bytes = await readPackFile(folder, name, 4 * count);
  if (bytes.length !== 4 * count) throw new PackError('file', `${name} has ${bytes.length} bytes, not ${4 * count}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index, true));
}
