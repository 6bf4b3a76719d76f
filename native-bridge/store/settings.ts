import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './canonical-json.ts';
import { jsonText } from './column.ts';
import type { Database } from './database.ts';

export interface Settings {
  /** The value under `key`, or undefined when there is none or it does not fit the schema any more. */
  get<S extends z.ZodType>(key: string, schema: S): z.output<S> | undefined;
  /** Stores a value; undefined removes it. */
  set(key: string, value: Json | undefined): void;
}

const rowSchema = z.object({ value: jsonText });

function get<S extends z.ZodType>(database: Database, key: string, schema: S): z.output<S> | undefined {
  const row = database.row(rowSchema, 'SELECT value FROM settings WHERE key = @key', { key });
  return row === undefined ? undefined : schema.safeParse(row.value).data;
}

function set(database: Database, key: string, value: Json | undefined): void {
  if (value === undefined) {
    database.run('DELETE FROM settings WHERE key = @key', { key });
    return;
  }
  database.run(
    `INSERT INTO settings (key, value) VALUES (@key, @value)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    { key, value: canonicalJson(value) },
  );
}

export function createSettings(database: Database): Settings {
  return {
    get: (key, schema) => get(database, key, schema),
    set: (key, value) => database.write(() => set(database, key, value)),
  };
}
