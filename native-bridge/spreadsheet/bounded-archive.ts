import { crc32, inflateRawSync } from 'node:zlib';
import { StationError } from '../contract/errors.ts';

/*
 * A workbook is a ZIP archive, and one from outside may be made to unpack to any size, or say one thing in its directory
 * and another before each file. So it is unpacked here within bounds, and what came out is packed anew without
 * compression: the reader behind sees only that.
 */

/** Files in a workbook: a sheet has two or three, pictures one. */
const mostFiles = 500;
/** All files together, unpacked, in bytes. 5000 rows of 12 columns have about 5 MB. */
const mostUnpacked = 40_000_000;

const endMark = 0x06054b50;
const endSize = 22;
const longestComment = 0xffff;
const directoryMark = 0x02014b50;
const fileMark = 0x04034b50;

interface Member {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Parts that hold cells, and what leads to them; pictures, macros and printer settings are left aside. */
const isWanted = (name: string) => /\.(xml|rels)$/.test(name) && !name.includes('..');

function unreadable(detail: string): StationError {
  return new StationError('workbook.unreadable', detail);
}

function endOf(file: Buffer): number {
  const first = Math.max(0, file.length - endSize - longestComment);
  for (let at = file.length - endSize; at >= first; at -= 1) if (file.readUInt32LE(at) === endMark) return at;
  throw unreadable('no directory');
}

function unpacked(file: Buffer, at: number, size: number, method: number, room: number): Buffer {
  if (file.readUInt32LE(at) !== fileMark) throw unreadable('no file');
  const start = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  const packed = file.subarray(start, start + size);
  if (method === 0 && packed.length <= room) return packed;
  if (method !== 8) throw unreadable('packing');
  try {
    return inflateRawSync(packed, { maxOutputLength: room });
  } catch (cause) {
    const isTooLong = cause instanceof RangeError;
    throw new StationError(isTooLong ? 'workbook.too-large' : 'workbook.unreadable', 'unpacking', { cause });
  }
}

function membersOf(file: Buffer): readonly Member[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > mostFiles) throw new StationError('workbook.too-large', 'files');
  const members: Member[] = [];
  let at = file.readUInt32LE(end + 16);
  let room = mostUnpacked;
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== directoryMark) throw unreadable('directory');
    const lengths = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)] as const;
    const name = file.toString('utf8', at + 46, at + 46 + lengths[0]);
    if (isWanted(name)) {
      if (room === 0) throw new StationError('workbook.too-large', 'unpacked');
      const [method, size, start] = [
        file.readUInt16LE(at + 10),
        file.readUInt32LE(at + 20),
        file.readUInt32LE(at + 42),
      ];
      const bytes = unpacked(file, start, size, method, room);
      room -= bytes.length;
      members.push({ name, bytes });
    }
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return members;
}

/** The head of a file that is not compressed, as it stands before the file and, a little longer, in the directory. */
function headOf({ name, bytes }: Member): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(0x0800, 2);
  head.writeUInt32LE(crc32(bytes), 10);
  head.writeUInt32LE(bytes.length, 14);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt16LE(Buffer.byteLength(name), 22);
  return head;
}

function mark(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function packed(members: readonly Member[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const [head, name] = [headOf(member), Buffer.from(member.name)];
    directory.push(mark(directoryMark), Buffer.from([20, 0]), head, Buffer.alloc(10), mark(offset), name);
    files.push(mark(fileMark), head, name, member.bytes);
    offset += 4 + head.length + name.length + member.bytes.length;
  }
  const end = Buffer.alloc(endSize);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

/** A document type could define entities that grow while they are read; a workbook has none. */
function demandPlain({ bytes }: Member): void {
  if (bytes.includes('<!DOCTYPE') || bytes.includes('<!ENTITY')) throw unreadable('document type');
}

/** The same workbook, unpacked within bounds. Throws `workbook.unreadable` and `workbook.too-large`. */
export function boundedArchive(file: Uint8Array): Buffer {
  try {
    const members = membersOf(Buffer.from(file));
    members.forEach(demandPlain);
    return packed(members);
  } catch (cause) {
    // A place that the archive names and does not have.
    if (cause instanceof RangeError) throw new StationError('workbook.unreadable', 'range', { cause });
    throw cause;
  }
}
