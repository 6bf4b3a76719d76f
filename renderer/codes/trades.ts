import workTypes from '../../assets/codes/work-types.json' with { type: 'json' };
import type { CodeTable } from './code-table.ts';

/** workType 工种 of the data standard. 260 and 370 are not in use; 1000 is the one code of four digits. */
export const trades: CodeTable = workTypes.entries;
