import { pinyin } from 'pinyin-pro';
import type { peopleCodeCalls, PeopleCodes } from '../contract/people-codes.ts';
import type { CodeEntry } from '../platform/driver/code-table.ts';
import { builtInDialect } from '../platform/driver/built-in-dialects.ts';
import type { Dialect } from '../platform/driver/dialect.ts';
import type { Handlers } from '../rpc/server.ts';
import type { DialectShelf } from './dialect-shelf.ts';

const initialsOf = (name: string): string =>
  pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' }).join('');

/** A platform's own entry need not have more than code and name. */
const complete = ({ code, zh, en = zh, initials = initialsOf(zh) }: CodeEntry) => ({ code, zh, en, initials });

function codesOf({ codes }: Dialect): PeopleCodes {
  return {
    workType: codes.workType.map(complete),
    cultureLevelType: codes.cultureLevelType.map(complete),
    politicsType: codes.politicsType.map(complete),
  };
}

/** A dialect that cannot be read is told by the connection's own state; the standard's tables serve meanwhile. */
function dialectOf(dialects: DialectShelf, name: string | undefined): Dialect {
  const standard = builtInDialect('national', 'national');
  if (name === undefined) return standard;
  try {
    return dialects.find(name);
  } catch {
    return standard;
  }
}

interface CodeParts {
  readonly dialects: DialectShelf;
  readonly connection: { readonly dialect: string } | undefined;
}

/** The tables of the connected platform. */
export const peopleCodesOf = ({ dialects, connection }: CodeParts): PeopleCodes =>
  codesOf(dialectOf(dialects, connection?.dialect));

export function peopleCodeHandlers(parts: CodeParts): Pick<Handlers, keyof typeof peopleCodeCalls> {
  return { 'codes.people': async () => peopleCodesOf(parts) };
}
