import { StationError } from '../contract/errors.ts';
import type { Complaint } from '../platform/business.ts';

/** What the interface forbids is told field by field and goes nowhere. Throws `report.refused-here`. */
export function demandFlawless(complaints: readonly Complaint[]): void {
  if (complaints.length === 0) return;
  const faults = complaints.map(({ field, reason }) => `${field}:${reason}`);
  throw new StationError('report.refused-here', [...new Set(faults)].join(' '));
}
