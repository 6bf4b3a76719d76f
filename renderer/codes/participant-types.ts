import types from '../../assets/codes/participant-types.json' with { type: 'json' };
import type { CodeTable } from './code-table.ts';

/** corpType 参建类型 of the data standard. */
export const participantTypes: CodeTable = types.entries;
