import politicsTypes from '../../assets/codes/politics-types.json' with { type: 'json' };
import type { CodeTable } from './code-table.ts';

/** politicsType 政治面貌 of the data standard, the commonest first. */
export const politicalStatuses: CodeTable = politicsTypes.entries;
