import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable } from '../native-bridge/contract/errors.ts';
import { picturesOf } from './guide-page.ts';
import { helpKeys } from '../renderer/shell/help-keys.ts';
import { zhCN } from '../renderer/i18n/zh-CN.ts';

const folder = join(import.meta.dirname, '..', 'docs');
const guide = readFileSync(join(folder, 'operator-guide.zh-CN.md'), 'utf8');

type Tree = { readonly [key: string]: string | Tree };

const textsOf = (tree: Tree): readonly string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? value.split('|') : textsOf(value)));

const clauseEnds = /[，。：；？！“”（）]|\{\{\w+\}\}/;

/** What may stand on the screen: every text and error, and their clauses. */
const shown = new Set(
  [...textsOf(zhCN), ...Object.values(errorTable).map(({ zh }) => zh)].flatMap((text) => [
    text,
    ...text.split(clauseEnds).map((clause) => clause.trim()),
  ]),
);

/** What the guide quotes from the screen; a path through it is written with arrows. */
const quoted = new Set([...guide.matchAll(/“([^”]+)”/g)].flatMap(([, text = '']) => text.split(' → ')));

describe("the operator's guide", () => {
  it.each([...quoted].filter((text) => text !== ''))('quotes “%s” as it stands on the screen', (text) => {
    expect(shown).toContain(text);
  });

  it('lists the keys that the help lists, in the same words', () => {
    const rows = helpKeys.map(([key, text]) => {
      const [, name] = text.split('.') as [string, keyof typeof zhCN.help];
      return `| ${key === 'Space' ? zhCN.help.space : key} | ${zhCN.help[name]} |`;
    });
    expect(guide).toContain(rows.join('\n'));
  });

  it.each(picturesOf(guide))('has its picture %s', (path) => expect(existsSync(join(folder, path))).toBe(true));
});
