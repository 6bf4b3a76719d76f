import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DialectShelf } from './dialect-shelf.ts';

const builtInFolder = join(import.meta.dirname, '../../assets/dialects');
const fileOf = (name: string) => JSON.parse(readFileSync(join(builtInFolder, `${name}.json`), 'utf8')) as object;

let folder: string;
let shelf: DialectShelf;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-dialects-'));
  shelf = new DialectShelf(folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: object | string) =>
  writeFileSync(join(folder, `${name}.json`), typeof content === 'string' ? content : JSON.stringify(content));

const names = () => shelf.list().dialects.map(({ name }) => name);

it('has the built-in ones, with and without a folder', () => {
  const builtIn = ['national', 'guangxi-cwr', 'hangzhou', 'fujian-corpsign'];
  expect(names()).toEqual(builtIn);
  expect(new DialectShelf(join(folder, 'nowhere')).list().dialects).toHaveLength(4);
  expect(new DialectShelf().find('guangxi-cwr').driver).toBe('cwr');
});

it('takes a file of its own as soon as it is there', () => {
  put('shenzhen', { ...fileOf('guangxi-cwr'), name: 'shenzhen', version: '1.1', passedLog: 'wrapped' });
  expect(names()).toContain('shenzhen');
  expect(shelf.find('shenzhen')).toMatchObject({ driver: 'cwr', passedLog: 'wrapped' });
});

it('lets a file replace a built-in dialect', () => {
  put('hangzhou', { ...fileOf('hangzhou'), imagePrefix: '' });
  expect(shelf.find('hangzhou').imagePrefix).toBe('');
  expect(names().filter((name) => name === 'hangzhou')).toHaveLength(1);
});

it.each([
  ['no JSON', 'nothing', 'is no JSON file'],
  ['an unknown entry', { ...fileOf('national'), name: 'mine', imagePreffix: '' }, 'imagePreffix'],
  ['another name', fileOf('national'), 'another name'],
  ['another schema', { ...fileOf('national'), name: 'mine', driver: 'cwr' }, 'clockToleranceSeconds'],
])('names a file with %s, and leaves the others usable', (_what, content, detail) => {
  put('mine', content);
  const refusal: unknown = expect.objectContaining({
    code: 'platform.bad-dialect',
    detail: expect.stringContaining(detail) as string,
  });
  expect(shelf.list().faulty).toEqual([{ file: 'mine.json', error: refusal }]);
  expect(names()).toContain('national');
  expect(() => shelf.find('mine')).toThrow(refusal);
});

it('does not fall back to the built-in dialect when its replacement is faulty', () => {
  put('hangzhou', '{}');
  expect(() => shelf.find('hangzhou')).toThrow(expect.objectContaining({ code: 'platform.bad-dialect' }));
  expect(names()).not.toContain('hangzhou');
});

it('is not misled by what else lies there', () => {
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'notes.txt'), 'x');
  expect(shelf.list().faulty).toEqual([]);
  expect(() => shelf.find('old')).toThrow(expect.objectContaining({ detail: 'unknown dialect old' }));
});
