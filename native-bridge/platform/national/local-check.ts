import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { TeamUpload, WorkerUpload } from '../connector.ts';
import type { CodeEntry } from '../driver/code-table.ts';
import type { Dialect } from './dialect.ts';

const requiredText = (width: number) => z.string().regex(/\S/).max(width);
const optionalText = (width: number) => z.string().max(width).optional();
const codeIn = (entries: readonly CodeEntry[]) =>
  z.string().refine((code) => entries.some((entry) => entry.code === code));

const largestSysNo = 2 ** 31 - 1;

/** Start of image and the first byte of the next marker: every JPEG file begins so (ISO/IEC 10918-1). */
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const textLength = (bytes: Uint8Array, { imagePrefix }: Dialect) =>
  imagePrefix.length + 4 * Math.ceil(bytes.byteLength / 3);

const pictureSchema = (dialect: Dialect) =>
  z
    .instanceof(Uint8Array)
    .refine((bytes) => isJpeg(bytes) && textLength(bytes, dialect) <= dialect.limits.imageCharacters);

const teamShape = ({ widths }: Dialect) => ({
  projectCode: z.string().regex(/\S/),
  corpCode: requiredText(widths.corpCode),
  corpName: requiredText(widths.corpName),
  teamName: requiredText(widths.teamName),
});

const codeShape = ({ codes }: Dialect) => ({
  idCardType: codeIn(codes.idCardType),
  workType: codeIn(codes.workType),
  workRole: z.literal([10, 20]),
  politicsType: codeIn(codes.politicsType),
  cultureLevelType: codeIn(codes.cultureLevelType),
});

const textShape = ({ widths }: Dialect) => ({
  workerName: requiredText(widths.workerName),
  nation: requiredText(widths.nation),
  address: requiredText(widths.address),
  cellPhone: requiredText(widths.cellPhone),
  grantOrg: requiredText(widths.grantOrg),
  urgentLinkMan: optionalText(widths.urgentLinkMan),
  urgentLinkManPhone: optionalText(widths.urgentLinkManPhone),
  payRollBankCardNumber: optionalText(widths.payRollBankCardNumber).refine((text) => /^\d*$/.test(text ?? '')),
});

/** A resident identity card has 18 places with a capital X; its checksum was judged at enrolment. */
const numberSchema = (idCardType: string) =>
  idCardType === '01' ? z.string().regex(/^\d{17}[\dX]$/) : requiredText(30);

const newWorkerSchema = (dialect: Dialect, idCardType: string) =>
  z.object({
    ...teamShape(dialect),
    ...codeShape(dialect),
    ...textShape(dialect),
    teamSysNo: z.int().min(1).max(largestSysNo),
    isTeamLeader: z.boolean(),
    idCardNumber: numberSchema(idCardType),
    headImage: pictureSchema(dialect),
    issueCardPic: pictureSchema(dialect),
    issueCardDate: z.iso.date(),
    startDate: z.iso.date(),
    expiryDate: z.iso.date().optional(),
  });

/** Making a schema costs far more than using it, and a dialect knows few kinds of documents. */
const workerSchemas = new WeakMap<Dialect, Map<string, ReturnType<typeof newWorkerSchema>>>();

function workerSchema(dialect: Dialect, idCardType: string): ReturnType<typeof newWorkerSchema> {
  const ofDialect = workerSchemas.get(dialect) ?? new Map<string, ReturnType<typeof newWorkerSchema>>();
  workerSchemas.set(dialect, ofDialect);
  const kind = dialect.codes.idCardType.some(({ code }) => code === idCardType) ? idCardType : '';
  const schema = ofDialect.get(kind) ?? newWorkerSchema(dialect, kind);
  ofDialect.set(kind, schema);
  return schema;
}

/** Throws `platform.record-refused` with the names of the fields that the platform would not take, never their values. */
export function checkWorker(worker: WorkerUpload, dialect: Dialect): void {
  refuse(workerSchema(dialect, worker.idCardType).safeParse(worker).error);
}

/** Throws like `checkWorker`. */
export function checkTeam(team: TeamUpload, dialect: Dialect): void {
  refuse(z.object(teamShape(dialect)).safeParse(team).error);
}

function refuse(error: z.ZodError | undefined): void {
  if (error === undefined) return;
  const fields = new Set(error.issues.map((issue) => String(issue.path[0])));
  throw new StationError('platform.record-refused', [...fields].join(', '));
}
