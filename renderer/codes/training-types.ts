import trainingTypes from '../../assets/codes/training-types.json' with { type: 'json' };
import type { CodeTable } from './code-table.ts';

/** trainingTypeCode 培训类型 of the data standard. */
export const trainingKinds: CodeTable = trainingTypes.entries;
