import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picturePath, readPairs } from './pairs-file.ts';
import { peopleOf } from './people.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pairs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function pairsOf(text: string) {
  const file = join(folder, 'pairs.tsv');
  await writeFile(file, text);
  return readPairs(file);
}

describe('a pairs file', () => {
  it('is read whichever way its lines end', async () => {
    const pairs = await pairsOf('\uFEFFa_1.jpg\ta_2.png\t1\r\na_1.jpg\tb_1.jpg\t0\r\n\r\n');
    expect(pairs).toEqual([
      { first: 'a_1.jpg', second: 'a_2.png', same: true },
      { first: 'a_1.jpg', second: 'b_1.jpg', same: false },
    ]);
  });

  it.each([
    ['a.jpg b.jpg 1', 'Line 1'],
    ['a.jpg\tb.jpg\t1\na.jpg\tb.jpg\tyes', 'Line 2'],
    ['a.jpg\t\t1', 'Line 1'],
    ['a.jpg\tb.jpg\t1', 'two people'],
    ['a.jpg\tb.jpg\t0', 'the same person'],
    ['', 'no pair'],
  ])('%j is refused in a sentence', async (text, part) => {
    await expect(pairsOf(text)).rejects.toThrow(part);
  });

  it('that is not there is named', async () => {
    await expect(readPairs(join(folder, 'none.tsv'))).rejects.toThrow('none.tsv cannot be read');
  });

  it('may name pictures by their whole path', () => {
    const whole = resolve(folder, 'a.jpg');
    expect(picturePath('elsewhere', whole)).toBe(whole);
    expect(picturePath(folder, 'a.jpg')).toBe(whole);
  });
});

describe('the people of a pairs file', () => {
  it('are told by genuine pairs and by the names of the pictures', () => {
    const people = peopleOf([
      { first: 'x/Ann_Li_0001.jpg', second: 'x/Bo_0001.jpg', same: false },
      { first: 'x/Ann_Li_0002.jpg', second: 'scan7.png', same: true },
      { first: 'scan8.png', second: 'x/Bo_0002.jpg', same: false },
    ]);
    expect(people.get('x/Ann_Li_0001.jpg')).toBe(people.get('scan7.png'));
    expect(people.get('x/Bo_0001.jpg')).toBe(people.get('x/Bo_0002.jpg'));
    expect(new Set(people.values()).size).toBe(3);
  });

  it('are not told by names that the pairs contradict', () => {
    const people = peopleOf([
      { first: 'img_1.jpg', second: 'img_2.jpg', same: true },
      { first: 'img_1.jpg', second: 'img_3.jpg', same: false },
    ]);
    expect(people.get('img_1.jpg')).toBe(people.get('img_2.jpg'));
    expect(people.get('img_1.jpg')).not.toBe(people.get('img_3.jpg'));
  });
});
