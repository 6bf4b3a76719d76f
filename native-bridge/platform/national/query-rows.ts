import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { TeamUpload, WorkerQuery } from '../connector.ts';
import type { FieldCipher } from './field-cipher.ts';
import { teamSysNoSchema } from './outcome.ts';

const looseText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? undefined : String(value).trim()));

const teamRowSchema = z.object({
  projectCode: looseText,
  corpCode: looseText,
  teamName: looseText,
  teamSysNo: z.unknown().optional(),
});

const workerRowSchema = z.object({ projectCode: looseText, idCardNumber: looseText });

/** Rows often leave out what was asked for, so a missing value does not speak against a row. */
const agrees = (found: string | undefined, wanted: string) =>
  found === undefined || found === '' || found === wanted.trim();

/** The row's number if it is this team's row. Throws `platform.bad-answer` when the team's row has no valid number. */
export function teamSysNoInRow(row: unknown, team: TeamUpload): number | undefined {
  const parsed = teamRowSchema.safeParse(row);
  if (!parsed.success || parsed.data.teamName !== team.teamName.trim()) return undefined;
  const { projectCode, corpCode, teamSysNo } = parsed.data;
  if (!agrees(projectCode, team.projectCode) || !agrees(corpCode, team.corpCode)) return undefined;
  const number = teamSysNoSchema.safeParse(teamSysNo);
  if (number.success) return number.data;
  throw new StationError('platform.bad-answer', 'a team without a valid teamSysNo');
}

/** Whether the row is this worker's: by the decrypted number, or the plain one where a platform does not encrypt it. */
export function isRowOfWorker(row: unknown, query: WorkerQuery, cipher: FieldCipher): boolean {
  const parsed = workerRowSchema.safeParse(row);
  const value = parsed.data?.idCardNumber;
  if (value === undefined || !agrees(parsed.data?.projectCode, query.projectCode)) return false;
  const number = cipher.decrypt(value) ?? value;
  return number.toUpperCase() === query.idCardNumber.toUpperCase();
}
