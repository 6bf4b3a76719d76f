import cultureLevels from '../../assets/codes/culture-levels.json' with { type: 'json' };
import type { CodeTable } from './code-table.ts';

/** cultureLevelType 文化程度 of the data standard. */
export const educationLevels: CodeTable = cultureLevels.entries;
