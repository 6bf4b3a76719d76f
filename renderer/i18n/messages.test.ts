import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

type Tree = { readonly [key: string]: string | Tree };

/** Every text with its path. */
function texts(tree: Tree, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : texts(value, `${path}${key}.`),
  );
}

const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
const parts = (text: string) => text.split('|').length;

describe('messages', () => {
  const english = new Map(texts(en));
  const chinese = texts(zhCN);

  it('have the same keys in both languages', () => {
    expect([...english.keys()].toSorted()).toEqual(chinese.map(([key]) => key).toSorted());
  });

  it.each(chinese)('%s has the same blanks and as many parts in English', (key, text) => {
    const other = english.get(key) ?? '';
    expect(blanks(other)).toEqual(blanks(text));
    expect(parts(other)).toBe(parts(text));
  });

  it('are never empty, since an empty one would show its key', () => {
    for (const [key, text] of [...chinese, ...english]) expect(text, key).not.toBe('');
  });
});
