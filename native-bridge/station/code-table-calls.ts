import type { Handlers } from '../rpc/server.ts';
import type { CodeTables } from './code-tables.ts';

export type TableHandlers = Pick<Handlers, 'settings.tables' | 'settings.import-table' | 'settings.reset-table'>;

/** The calls about tables of codes. */
export function tableHandlers(tables: CodeTables): TableHandlers {
  return {
    'settings.tables': async () => tables.describe(),
    'settings.import-table': async ({ table, text }) => tables.import(table, text),
    'settings.reset-table': async ({ table }) => tables.reset(table),
  };
}
