import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import { onMedium } from './medium-error.ts';
import { chained, chunkHeaderBytes, openChunk, readChunkHeader, writeChunk } from './package-chunk.ts';
import type { ChunkHeader, Writing } from './package-chunk.ts';
import { mostHeadBytes, readHead } from './package-head.ts';
import type { OpenHead } from './package-head.ts';
import { partBytes, partIn } from './package-part.ts';
import type { PackagePart } from './package-part.ts';
import { publicKeyOf } from './station-identity.ts';

/** What stands in a file, one after the other. */
export type Found =
  | {
      readonly kind: 'part';
      readonly index: number;
      readonly part: PackagePart;
      readonly hash: Uint8Array;
      end: number;
    }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'out-of-order' };

/** So many places that look like a chunk and are none are looked at; more were made to waste time. */
const mostFalseMarkers = 1000;

const scanBytes = 1024 * 1024;

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Where the marker stands next at or after `from`; undefined when it does not. */
async function markerFrom(handle: FileHandle, marker: Uint8Array, from: number): Promise<number | undefined> {
  for (let position = from; ; position += scanBytes - marker.length + 1) {
    const block = await readAt(handle, position, scanBytes);
    const found = block.indexOf(marker);
    if (found >= 0) return position + found;
    if (block.length < scanBytes) return undefined;
  }
}

/** A package as it is on a medium. Failures of the medium are `transfer.medium-*`. */
export class PackageFile {
  readonly head: OpenHead;
  readonly bytes: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, head: OpenHead, bytes: number) {
    this.#handle = handle;
    this.head = head;
    this.bytes = bytes;
  }

  /** Throws `transfer.not-a-package`, `transfer.newer`, `transfer.damaged`. */
  static async open(path: string): Promise<PackageFile> {
    return onMedium(async () => {
      // Before it is opened: a pipe on the stick would keep us waiting for ever.
      if (!(await stat(path)).isFile()) throw new StationError('transfer.not-a-package');
      const handle = await open(path, 'r');
      try {
        const { size } = await handle.stat();
        return new PackageFile(handle, readHead(await readAt(handle, 0, mostHeadBytes)), size);
      } catch (cause) {
        await handle.close();
        throw cause;
      }
    });
  }

  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }

  /**
   * The parts in order, one in memory at a time. After damage it goes on with the next chunk that its sender signed.
   * `out-of-order` is the last thing told: a chunk at a place where the sender never wrote it.
   */
  async *parts(contentKey: Uint8Array): AsyncGenerator<Found> {
    const marker = Buffer.from(this.head.head.id.replaceAll('-', ''), 'hex');
    let position: number | undefined = this.head.bytes.length;
    let expected = 0;
    let falseMarkers = 0;
    while (position !== undefined && falseMarkers <= mostFalseMarkers) {
      const header = await this.#headerAt(position);
      if (header === undefined) {
        falseMarkers += 1;
        position = await onMedium(async () => markerFrom(this.#handle, marker, (position ?? 0) + 1));
        continue;
      }
      if (header.index < expected) {
        yield { kind: 'out-of-order' };
        return;
      }
      expected = header.index + 1;
      const end: number = position + chunkHeaderBytes + header.length;
      const part = await this.#partAt(position + chunkHeaderBytes, header, contentKey);
      if (part !== undefined) yield { kind: 'part', index: header.index, part, hash: header.hash, end };
      else if (end <= this.bytes) yield { kind: 'unreadable' };
      if (part?.type === 'end') return;
      // Bytes may have been lost or added inside a chunk that cannot be read.
      const from = position + chunkHeaderBytes;
      position = part === undefined ? await onMedium(async () => markerFrom(this.#handle, marker, from)) : end;
    }
  }

  async #headerAt(position: number): Promise<ChunkHeader | undefined> {
    if (position + chunkHeaderBytes > this.bytes) return undefined;
    const key = publicKeyOf('Ed25519', this.head.head.sender.signingKey);
    return onMedium(async () =>
      readChunkHeader(this.head, key, await readAt(this.#handle, position, chunkHeaderBytes)),
    );
  }

  async #partAt(position: number, header: ChunkHeader, contentKey: Uint8Array): Promise<PackagePart | undefined> {
    if (position + header.length > this.bytes) return undefined;
    const encrypted = await onMedium(async () => readAt(this.#handle, position, header.length));
    const plain = openChunk(this.head, contentKey, header, encrypted);
    return plain && partIn(plain);
  }
}

/** A package that is being written has this after its name. */
export const unfinished = '.part';

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw cause;
    },
  );

/** File systems of sticks that flush no folders say so with one of these. */
const noFolderSync: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** Makes the new name durable; Windows does not open folders and journals names itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    if (!noFolderSync.includes((cause as NodeJS.ErrnoException).code)) throw cause;
  } finally {
    await handle.close();
  }
}

/** Removes what was written of a package. Not to be found means that the medium is gone, with the file on it. */
export async function removeUnfinished(path: string): Promise<void> {
  await onMedium(async () => {
    await rm(path + unfinished);
    await syncFolder(dirname(path));
  });
}

interface Written {
  readonly parts: number;
  readonly bytes: number;
  readonly chain: Uint8Array;
}

/** Writes a package under its unfinished name, or goes on with one. */
export class PackageWriter {
  readonly #path: string;
  readonly #writing: Writing;
  readonly #handle: FileHandle;
  #written: Written;

  private constructor(path: string, writing: Writing, handle: FileHandle, written: Written) {
    this.#path = path;
    this.#writing = writing;
    this.#handle = handle;
    this.#written = written;
  }

  /**
   * Opens `path`'s unfinished file, with what it holds already told to `onPart`, or begins it. What is not whole at its
   * end is cut off. Returns undefined when the finished file is there. Throws `transfer.another-file`.
   */
  static async open(
    path: string,
    writing: Writing,
    onPart: (part: PackagePart) => void,
  ): Promise<PackageWriter | undefined> {
    return onMedium(async () => {
      if (await exists(path)) {
        await scan(path, writing, onPart);
        return undefined;
      }
      const temporary = path + unfinished;
      const isNew = !(await exists(temporary));
      const found = isNew ? undefined : await scan(temporary, writing, onPart);
      const handle = await open(temporary, isNew ? 'wx' : 'r+');
      const { bytes, hash } = writing.head;
      const writer = new PackageWriter(path, writing, handle, found ?? { parts: 0, bytes: bytes.length, chain: hash });
      await writer.#begin(found !== undefined);
      return writer;
    });
  }

  async #begin(hasHead: boolean): Promise<void> {
    try {
      if (!hasHead) await this.#put(this.#writing.head.bytes, 0);
      await this.#handle.truncate(this.#written.bytes);
    } catch (cause) {
      await this.close();
      throw cause;
    }
  }

  get parts(): number {
    return this.#written.parts;
  }

  /** Hash over everything written, lower-case hexadecimal. */
  get chain(): string {
    return Buffer.from(this.#written.chain).toString('hex');
  }

  async #put(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  }

  async write(part: PackagePart): Promise<void> {
    const { parts, bytes: position, chain } = this.#written;
    const { bytes, hash } = writeChunk(this.#writing, parts, partBytes(part));
    await onMedium(async () => this.#put(bytes, position));
    this.#written = { parts: parts + 1, bytes: position + bytes.length, chain: chained(chain, hash) };
  }

  /** What was written is on the medium when this returns. */
  async sync(): Promise<void> {
    await onMedium(async () => this.#handle.sync());
  }

  /** Gives the file its name. */
  async finish(): Promise<void> {
    await this.sync();
    await this.close();
    await onMedium(async () => {
      await rename(this.#path + unfinished, this.#path);
      await syncFolder(dirname(this.#path));
    });
  }

  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}

/** What the file holds up to the first thing that is not whole; undefined when not even the head is. */
async function scan(path: string, writing: Writing, onPart: (part: PackagePart) => void): Promise<Written | undefined> {
  const { bytes, hash } = writing.head;
  if ((await stat(path)).size < bytes.length) return undefined;
  const file = await PackageFile.open(path);
  try {
    if (!Buffer.from(file.head.hash).equals(hash)) throw new StationError('transfer.another-file');
    let written: Written = { parts: 0, bytes: bytes.length, chain: hash };
    for await (const found of file.parts(writing.contentKey)) {
      if (found.kind !== 'part' || found.index !== written.parts) break;
      written = { parts: found.index + 1, bytes: found.end, chain: chained(written.chain, found.hash) };
      onPart(found.part);
    }
    return written;
  } finally {
    await file.close();
  }
}
