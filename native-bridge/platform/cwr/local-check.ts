import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { TeamUpload, WorkerUpload } from '../connector.ts';
import type { CodeEntry } from '../driver/code-table.ts';
import type { CwrDialect } from '../driver/dialect.ts';

const requiredText = (width: number) => z.string().regex(/\S/).max(width);
const codeIn = (entries: readonly CodeEntry[]) =>
  z.string().refine((code) => entries.some((entry) => entry.code === code));

/** Start of image and the first byte of the next marker: every JPEG file begins so (ISO/IEC 10918-1). */
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const pictureSchema = ({ imagePrefix, limits }: CwrDialect) =>
  z
    .instanceof(Uint8Array)
    .refine((bytes) => isJpeg(bytes) && imagePrefix.length + 4 * Math.ceil(bytes.length / 3) <= limits.imageCharacters);

const teamShape = ({ widths }: CwrDialect) => ({
  projectCode: z.string().regex(/\S/),
  corpName: requiredText(widths.corpName),
  teamName: requiredText(widths.teamName),
});

const numberSchema = (idCardType: string) =>
  idCardType === '01' ? z.string().regex(/^\d{17}[\dX]$/) : requiredText(30);

const workerSchema = (dialect: CwrDialect, idCardType: string) =>
  z.object({
    ...teamShape(dialect),
    workerName: requiredText(dialect.widths.workerName),
    idCardType: codeIn(dialect.codes.idCardType),
    idCardNumber: numberSchema(idCardType),
    workType: codeIn(dialect.codes.workType),
    nation: requiredText(dialect.widths.nation),
    address: requiredText(dialect.widths.address),
    cellPhone: requiredText(dialect.widths.cellPhone),
    grantOrg: requiredText(dialect.widths.grantOrg),
    payRollBankCardNumber: z.string().regex(/^\d*$/).max(dialect.widths.payRollBankCardNumber).optional(),
    headImage: pictureSchema(dialect),
    issueCardPic: pictureSchema(dialect),
    issueCardDate: z.iso.date(),
    startDate: z.iso.date(),
    expiryDate: z.iso.date().optional(),
  });

/** Throws `platform.record-refused` with the names of the fields that the platform would not take, never their values. */
export function checkWorker(worker: WorkerUpload, dialect: CwrDialect): void {
  refuse(workerSchema(dialect, worker.idCardType).safeParse(worker).error);
}

/** Throws like `checkWorker`. */
export function checkTeam(team: TeamUpload, dialect: CwrDialect): void {
  refuse(z.object(teamShape(dialect)).safeParse(team).error);
}

function refuse(error: z.ZodError | undefined): void {
  if (error === undefined) return;
  const fields = new Set(error.issues.map((issue) => String(issue.path[0])));
  throw new StationError('platform.record-refused', [...fields].join(', '));
}
