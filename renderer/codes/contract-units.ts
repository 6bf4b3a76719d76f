import contractUnits from '../../assets/codes/contract-units.json' with { type: 'json' };
import type { CodeTable } from './code-table.ts';

/** unit 计量单位 of the data standard. */
export const pieceUnits: CodeTable = contractUnits.entries;
