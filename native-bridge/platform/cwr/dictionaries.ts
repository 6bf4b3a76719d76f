import { z } from 'zod';
import { asStationError } from '../../contract/errors.ts';
import { listIn } from './answer-lists.ts';
import { looseText } from './envelope.ts';
import type { CwrSession } from './session.ts';

export const dictionaryNames = [
  'DictListWorkTypeName',
  'DictListEmpCategory',
  'DictListJobTypeName',
  'DictListJobName',
  'GetCompanyType',
  'GetTeamType',
  'GetWorkerPersonnelType',
] as const;
export type DictionaryName = (typeof dictionaryNames)[number];

/** One row of a platform's own list; a list of bare names has no codes. */
export interface DictionaryRow {
  readonly code: string | undefined;
  readonly name: string;
}

export interface Dictionaries {
  /** The list as the platform has it now. */
  fetch(name: DictionaryName): Promise<readonly DictionaryRow[]>;
  /**
   * Whether a list has a name or a code. Lists are remembered; before one that lacks the word is believed it is fetched
   * again. A platform that does not offer the list, or has it empty, does not restrict the word.
   */
  has(name: DictionaryName, word: string): Promise<boolean>;
}

const wordsSchema = z.record(z.string(), looseText.catch(undefined));

/** The code and the name by the ends of their members' names: `dict_code`, `work_typename`, `name` and the like. */
function rowOf(row: unknown): DictionaryRow | undefined {
  const bare = looseText.safeParse(row).data;
  if (bare !== undefined) return { code: undefined, name: bare };
  const members = Object.entries(wordsSchema.safeParse(row).data ?? {});
  const endingIn = (ending: RegExp) => members.find(([key, value]) => ending.test(key) && (value ?? '') !== '')?.[1];
  const name = endingIn(/(?:name|text|label)$/i);
  const code = endingIn(/(?:code|id|value)$/i);
  return name === undefined ? undefined : { code, name };
}

/** The platform's own lists, fetched from it: they are its data and differ between platforms. */
export function createDictionaries(session: Pick<CwrSession, 'ask'>): Dictionaries {
  const remembered = new Map<DictionaryName, readonly DictionaryRow[]>();
  const fetchRows = async (name: DictionaryName) => {
    const rows = listIn(await session.ask(name, {})).map(rowOf);
    return rows.filter((row) => row !== undefined);
  };
  const refresh = async (name: DictionaryName) => {
    const rows = await fetchRows(name).catch((cause: unknown) => {
      if (asStationError(cause).code === 'platform.dialect-refused') return [];
      throw cause;
    });
    remembered.set(name, rows);
    return rows;
  };
  const holds = (rows: readonly DictionaryRow[], word: string) =>
    rows.length === 0 || rows.some(({ code, name }) => code === word || name === word);
  return {
    fetch: fetchRows,
    has: async (name, word) => {
      const known = remembered.get(name);
      return (known !== undefined && holds(known, word)) || holds(await refresh(name), word);
    },
  };
}
