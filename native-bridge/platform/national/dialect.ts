import { builtInDialect } from '../driver/built-in-dialects.ts';

export type { NationalDialect as Dialect } from '../driver/dialect.ts';

export const nationalDialect = builtInDialect('national', 'national');
