import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';
import { chunkHeaderBytes, openChunk, readChunkHeader, writeChunk } from './package-chunk.ts';
import { readHead, writeHead } from './package-head.ts';
import type { OpenHead } from './package-head.ts';
import { partBytes, partIn } from './package-part.ts';
import type { PackagePart } from './package-part.ts';
import { publicKeyOf, stationIdentity } from './station-identity.ts';
import { unwrap, wrapsFor } from './key-wrap.ts';
import { openTwoStations } from './two-stations.ts';
import type { TestStation, TwoStations } from './two-stations.ts';

let stations: TwoStations;
let a: TestStation;
let b: TestStation;
let path: string;
let ids: string[];

beforeEach(async () => {
  stations = openTwoStations();
  ({ a, b } = stations);
  ids = [1, 2, 3, 4].map((index) => a.seal(index));
  ({ path } = await a.give(b, 'copy'));
});
afterEach(() => stations.close());

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;

/** The package with its bytes changed by `change`, under another name. */
function altered(change: (bytes: Buffer) => Buffer | void): string {
  const bytes = readFileSync(path);
  const other = `${stations.stick}/altered.enrolpack`;
  writeFileSync(other, change(bytes) ?? bytes);
  return other;
}

const records = ({ database }: TestStation) =>
  database.row(z.object({ count: z.int() }), 'SELECT count(*) AS count FROM records')?.count;

/** Head and chunks as they are in the file. */
function takenApart(): { head: OpenHead; chunks: Buffer[] } {
  const bytes = readFileSync(path);
  const head = readHead(bytes);
  const key = publicKeyOf('Ed25519', head.head.sender.signingKey);
  const chunks: Buffer[] = [];
  for (let at = head.bytes.length; at < bytes.length;) {
    const header = readChunkHeader(head, key, bytes.subarray(at));
    const end = at + chunkHeaderBytes + (header?.length ?? Infinity);
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return { head, chunks };
}

describe('what cannot be a package is refused at once, and nothing changes', () => {
  test.each<[string, ErrorCode, (bytes: Buffer) => Buffer | void]>([
    ['an empty file', 'transfer.not-a-package', () => Buffer.alloc(0)],
    ['a picture', 'transfer.not-a-package', () => Buffer.from('\x89PNG\r\n\x1a\n'.repeat(100), 'latin1')],
    ['seven bytes', 'transfer.not-a-package', (bytes) => bytes.subarray(0, 7)],
    ['a later format', 'transfer.newer', (bytes) => void bytes.writeUInt16BE(2, 8)],
    ['a head of 4 GiB', 'transfer.damaged', (bytes) => void bytes.writeUInt32BE(0xffffffff, 10)],
    ['a head longer than the file', 'transfer.damaged', (bytes) => bytes.subarray(0, 300)],
    ['one bit in the head', 'transfer.damaged', (bytes) => void bytes.writeUInt8((bytes[200] ?? 0) ^ 1, 200)],
    ['no JSON', 'transfer.damaged', (bytes) => void bytes.write('{{{{', 14)],
  ])('%s', async (_, expected, change) => {
    await expect(b.take(altered(change))).rejects.toThrow(code(expected));
    expect(records(b)).toBe(0);
  });

  test('a folder, and a file that is not there', async () => {
    await expect(b.take(stations.stick)).rejects.toThrow();
    await expect(b.take(`${stations.stick}/none.enrolpack`)).rejects.toThrow(code('transfer.medium-gone'));
  });

  test("another station's name over one's own signature", async () => {
    const { head } = takenApart();
    const forger = stationIdentity(b.store.settings);
    const forged = writeHead(head.head, forger);
    await expect(
      b.take(altered((bytes) => Buffer.concat([forged.bytes, bytes.subarray(head.bytes.length)]))),
    ).rejects.toThrow(code('transfer.damaged'));
  });

  test('members that no head has, such as a path', async () => {
    const { head } = takenApart();
    const odd = writeHead(
      { ...head.head, path: '../../etc/passwd' } as typeof head.head,
      stationIdentity(a.store.settings),
    );
    await expect(b.take(altered(() => Buffer.from(odd.bytes)))).rejects.toThrow(code('transfer.damaged'));
  });
});

describe('damage on the way', () => {
  test('a bit flipped anywhere loses at most that record, and says so', async () => {
    const length = readFileSync(path).length;
    const { head } = takenApart();
    for (let at = head.bytes.length; at < length; at += Math.floor(length / 20)) {
      const other = openTwoStations();
      try {
        other.b.store.transfers.trust(a.store.transfers.own(), 'tester');
        const passed = await importWith(
          other.b,
          altered((bytes) => void bytes.writeUInt8((bytes[at] ?? 0) ^ 0x10, at)),
        );
        expect(passed.whole).toBe(false);
        expect(passed.trouble?.code).toMatch(/^transfer\.(damaged|cut)$/);
        expect(passed.counts.entered).toBeGreaterThanOrEqual(3);
        expect(records(other.b)).toBe(passed.counts.entered);
        expect(passed.missing.map(({ id }) => id).every((id) => ids.includes(id))).toBe(true);
      } finally {
        other.close();
      }
    }
  }, 60_000);

  /** The package is for station b; a fresh one opens it with b's keys. */
  async function importWith(fresh: TestStation, file: string) {
    const row = b.store.settings.get('transfer.identity', z.json());
    fresh.store.settings.set('transfer.identity', row as string);
    return fresh.take(file);
  }

  test('lost and added bytes cost only the chunks that they are in', async () => {
    const { head, chunks } = takenApart();
    const middle = head.bytes.length + (chunks[0]?.length ?? 0) + 5000;
    const shifted = altered((bytes) => Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + 100)]));
    expect(await b.take(shifted)).toMatchObject({ whole: false, counts: { entered: 3 }, missing: [{ id: ids[0] }] });
  });

  test('a record under its name, not blocking the rest: one that differs from its hash', async () => {
    const { head, chunks } = takenApart();
    const identity = stationIdentity(a.store.settings);
    const contentKey = unwrap(head.head.wraps, stationIdentity(b.store.settings), undefined, Buffer.from(head.head.id));
    const key = publicKeyOf('Ed25519', head.head.sender.signingKey);
    const forgedChunks = chunks.map((chunk, index) => {
      const header = readChunkHeader(head, key, chunk);
      const plain = header && openChunk(head, contentKey, header, chunk.subarray(chunkHeaderBytes));
      const part = plain && partIn(plain);
      if (part?.type !== 'record' || part.record.id !== ids[1]) return chunk;
      const content = part.record.content.replace('13800000000', '13999999999');
      const bad: PackagePart = { type: 'record', record: { ...part.record, content } };
      return writeChunk({ head, contentKey, identity }, index, partBytes(bad)).bytes;
    });
    const file = altered(() => Buffer.concat([head.bytes, ...forgedChunks]));
    expect(await b.take(file)).toMatchObject({
      counts: { entered: 3, unreadable: 1 },
      unreadable: [{ id: ids[1], name: '韦试样' }],
    });
    expect(b.store.records.list({ limit: 9 }).map(({ id }) => id)).not.toContain(ids[1]);
  });
});

describe('rearranged packages', () => {
  test('chunks in another order stop the import', async () => {
    const { head, chunks } = takenApart();
    const [plan, first, second, ...rest] = chunks as [Buffer, Buffer, Buffer, ...Buffer[]];
    const file = altered(() => Buffer.concat([head.bytes, plan, second, first, ...rest]));
    expect(await b.take(file)).toMatchObject({ whole: false, trouble: { code: 'transfer.out-of-order' } });
  });

  test('a chunk twice stops the import', async () => {
    const { head, chunks } = takenApart();
    const [plan, first, ...rest] = chunks as [Buffer, Buffer, ...Buffer[]];
    const file = altered(() => Buffer.concat([head.bytes, plan, first, first, ...rest]));
    expect(await b.take(file)).toMatchObject({ trouble: { code: 'transfer.out-of-order' }, counts: { entered: 1 } });
  });

  test('a chunk left out is missed, although its neighbours are whole', async () => {
    const { head, chunks } = takenApart();
    const file = altered(() => Buffer.concat([head.bytes, ...chunks.filter((_, index) => index !== 2)]));
    const report = await b.take(file);
    expect(report).toMatchObject({ whole: false, trouble: { code: 'transfer.damaged' }, missing: [{ id: ids[1] }] });
    expect(report.counts.entered).toBe(3);
  });

  test("a chunk of another package of the same sender is none of this one's", async () => {
    const other = readFileSync((await a.give(b, 'copy')).path);
    const { head, chunks } = takenApart();
    const otherHead = readHead(other);
    const foreign = other.subarray(otherHead.bytes.length);
    const file = altered(() => Buffer.concat([head.bytes, chunks[0] as Buffer, foreign]));
    expect(await b.take(file)).toMatchObject({ counts: { entered: 0 }, missingCount: 4 });
  });
});

describe('packages made to be expensive', () => {
  test('ten gigabytes that are not there are refused without reading them', async () => {
    const file = altered((bytes) => bytes);
    const descriptor = openSync(file, 'r+');
    // A sparse file of 10 GB: after the end of the package nothing is looked at.
    ftruncateSync(descriptor, 10_000_000_000);
    closeSync(descriptor);
    expect(await b.take(file)).toMatchObject({ whole: true, counts: { entered: 4 } });
  });

  test('a million false beginnings of chunks are given up', async () => {
    const { head, chunks } = takenApart();
    const marker = (chunks[0] as Buffer).subarray(0, 16);
    const file = altered(() => Buffer.concat([head.bytes, ...Array<Buffer>(1_000_000).fill(marker)]));
    expect(await b.take(file)).toMatchObject({
      whole: false,
      counts: { entered: 0 },
      trouble: { code: 'transfer.cut' },
    });
  });

  test('a length beyond every record is not believed, even when it is signed', async () => {
    const { head } = takenApart();
    const key = publicKeyOf('Ed25519', head.head.sender.signingKey);
    const { bytes } = writeChunk(
      { head, contentKey: new Uint8Array(32), identity: stationIdentity(a.store.settings) },
      0,
      new Uint8Array(10),
    );
    const long = Buffer.from(bytes);
    long.writeUInt32BE(0xfffffff0, 20);
    expect(readChunkHeader(head, key, long)).toBeUndefined();
    expect(readChunkHeader(head, key, Buffer.from(bytes))).toMatchObject({ length: 10 });
  });
});

test('a package that tells of outcomes must be a receipt, and a stranger confirms nothing', async () => {
  const given = await a.give(b);
  await b.take(given.path);
  b.sendAll();
  const { database } = a;
  database.run('DELETE FROM transfer_stations');
  const receipt = await b.store.transfers.export({
    kind: 'receipt',
    receiver: { station: a.store.transfers.own() },
    folder: stations.stick,
    practice: false,
    actor: 'tester',
  });
  await expect(a.take(receipt.path)).rejects.toThrow(code('transfer.unknown-sender'));
  expect(ids.map(a.stateOf)).toEqual(Array(4).fill('handed-over'));
});

test.skipIf(process.platform === 'win32')('a pipe on the stick keeps nobody waiting', async () => {
  execFileSync('mkfifo', [`${stations.stick}/pipe.enrolpack`]);
  await expect(b.take(`${stations.stick}/pipe.enrolpack`)).rejects.toThrow(code('transfer.not-a-package'));
});

test('a link on the stick leads nowhere but to a package', async () => {
  symlinkSync('/etc/passwd', `${stations.stick}/link.enrolpack`);
  await expect(b.take(`${stations.stick}/link.enrolpack`)).rejects.toThrow(code('transfer.not-a-package'));
});

test('a key for someone else opens nothing', () => {
  const key = new Uint8Array(32).fill(7);
  const wraps = wrapsFor({ station: b.store.transfers.own() }, key, Buffer.from('this'));
  expect(unwrap(wraps, stationIdentity(b.store.settings), undefined, Buffer.from('this'))).toEqual(Buffer.from(key));
  expect(() => unwrap(wraps, stationIdentity(b.store.settings), undefined, Buffer.from('that'))).toThrow(
    code('transfer.not-for-us'),
  );
});

test('nobody can read a name or a number from the file', () => {
  const bytes = readFileSync(path);
  for (const text of ['韦试样', '45999919900101', '13800000000']) expect(bytes.includes(Buffer.from(text))).toBe(false);
});
