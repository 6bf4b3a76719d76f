import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { boundedArchive } from './bounded-archive.ts';
import { readWorkbook, type Sheet, writeWorkbook } from './workbook-job.ts';

const sheet = (rows: Sheet['rows']): Sheet => ({
  name: '名单',
  columns: [
    { title: '姓名', width: 12 },
    { title: '身份证号', width: 24 },
  ],
  rows,
});

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

/** An archive of packed files, whose directory may lie about their size. */
function archiveOf(name: string, content: Buffer, said = content.length): Buffer {
  return archiveOfMany([name], content, said);
}

function archiveOfMany(names: readonly string[], content: Buffer, said = content.length): Buffer {
  const packed = deflateRawSync(content);
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(said, 18);
    head.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    entries.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, place, Buffer.from(name));
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed]);
    files.push(file);
    offset += file.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, directory, end]);
}

describe('a workbook', () => {
  test('comes back as it was written: long numbers whole, what begins as a formula as text', async () => {
    const rows = [
      ['韦试样', '11010519491231002X'],
      ['=1+1', '459999199001010019'],
      ['+86', '-1'],
      ['@SUM(A1)', '007'],
    ];
    const bytes = await writeWorkbook([sheet(rows)]);
    expect(await readWorkbook(bytes, 100)).toEqual([['姓名', '身份证号'], ...rows]);
  });

  test('never holds a formula, whatever a cell begins with', async () => {
    const bytes = await writeWorkbook([sheet([['=HYPERLINK("http://x")', '=1']])]);
    const plain = boundedArchive(bytes).toString('utf8');
    expect(plain).toContain('HYPERLINK');
    expect(plain).not.toMatch(/<f[ >]/);
  });

  test('with more rows than asked for is refused', async () => {
    const bytes = await writeWorkbook([sheet(Array.from({ length: 30 }, (_, row) => [`样${row}`, '']))]);
    await expect(readWorkbook(bytes, 20)).rejects.toThrow(code('workbook.too-large'));
  });

  test('that unpacks to more than the bound is refused, also where its directory says little', async () => {
    const bomb = archiveOf('xl/worksheets/sheet1.xml', Buffer.alloc(60_000_000, 0x20), 100);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readWorkbook(bomb, 100)).rejects.toThrow(code('workbook.too-large'));
  });

  test('whose files together unpack to more than the bound is refused', () => {
    const names = [1, 2, 3].map((number) => `xl/worksheets/sheet${number}.xml`);
    expect(boundedArchive(archiveOfMany(names.slice(0, 2), Buffer.alloc(15_000_000, 0x20))).length).toBeGreaterThan(
      30e6,
    );
    const bomb = archiveOfMany(names, Buffer.alloc(15_000_000, 0x20));
    expect(() => boundedArchive(bomb)).toThrow(code('workbook.too-large'));
  });

  test('of more files than any has is refused', () => {
    const names = Array.from({ length: 501 }, (_, number) => `xl/worksheets/sheet${number}.xml`);
    expect(() => boundedArchive(archiveOfMany(names, Buffer.from('<x/>')))).toThrow(code('workbook.too-large'));
    expect(boundedArchive(archiveOfMany(names.slice(1), Buffer.from('<x/>'))).length).toBeGreaterThan(0);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another file', Buffer.from('%PDF-1.7 no spreadsheet at all')],
    ['an archive without a sheet', archiveOf('word/document.xml', Buffer.from('<w/>'))],
    ['entities', archiveOf('xl/workbook.xml', Buffer.from('<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'))],
  ])('that is %s is refused', async (_name, bytes) => {
    await expect(readWorkbook(bytes, 100)).rejects.toThrow(code('workbook.unreadable'));
  });

  test('that is cut anywhere, or has any byte changed, is read or refused, and nothing else', async () => {
    const bytes = Buffer.from(await writeWorkbook([sheet([['韦试样', '1']])]));
    for (let at = 0; at < bytes.length; at += 97) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      for (const hostile of [bytes.subarray(0, at), changed]) {
        try {
          boundedArchive(hostile);
        } catch (cause) {
          expect(cause).toMatchObject({ code: expect.stringMatching(/^workbook\./) as string });
        }
      }
    }
  });

  test('tells how many rows of all sheets are written, and all of them before they are packed', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, row) => [`样${row}`, `${row}`]);
    const heard: number[] = [];
    const bytes = await writeWorkbook([sheet(rows(600)), { ...sheet(rows(251)), name: '第二' }], {
      onWritten: (written) => heard.push(written),
    });
    expect(heard).toEqual([250, 500, 850, 851]);
    expect(await readWorkbook(bytes, 700)).toEqual([['姓名', '身份证号'], ...rows(600)]);
  });

  test('can be given up while it is being written', async () => {
    const stop = new AbortController();
    const rows = Array.from({ length: 2000 }, (_, row) => [`样${row}`, `${row}`]);
    const writing = writeWorkbook([sheet(rows)], { signal: stop.signal, onWritten: () => stop.abort() });
    await expect(writing).rejects.toThrow(code('workbook.cancelled'));
  });

  test('can be given up while it is being read', async () => {
    const bytes = await writeWorkbook([sheet([['韦试样', '1']])]);
    const stop = new AbortController();
    const reading = readWorkbook(bytes, 100, stop.signal);
    stop.abort();
    await expect(reading).rejects.toThrow(code('workbook.cancelled'));
  });
});
