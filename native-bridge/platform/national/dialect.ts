import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import national from './dialects/national.json' with { type: 'json' };

const pictureSchema = z.enum(['chip-portrait', 'enrolment-photo']);
const widthSchema = z.int().positive();
const codesSchema = z.array(z.string().regex(/^\d+$/)).min(1);

/** What differs between platforms that speak `open.api`, as data. */
export const dialectSchema = z.strictObject({
  name: z.string().min(1),
  /** The interface version that each request names. */
  version: z.string().min(1),
  /** Stands before the Base64 text of a picture; empty where the platform wants the bare text. */
  imagePrefix: z.string(),
  /** Written as `expiryDate` for a card valid 长期. */
  longTermExpiryDate: z.string().min(1),
  /** Which of our two pictures goes into which field. */
  pictures: z.strictObject({ headImage: pictureSchema, issueCardPic: pictureSchema }),
  limits: z.strictObject({
    /** Longest text of a picture, prefix included: the safe reading of "50 KB". */
    imageCharacters: widthSchema,
    workersPerCall: widthSchema,
    queryPageSize: widthSchema,
    /** A query that is still not at its end after so many pages is given up as a bad answer. */
    queryPages: widthSchema,
  }),
  /** Longest text of a field in UTF-16 code units. */
  widths: z.strictObject({
    corpCode: widthSchema,
    corpName: widthSchema,
    teamName: widthSchema,
    workerName: widthSchema,
    nation: widthSchema,
    address: widthSchema,
    cellPhone: widthSchema,
    grantOrg: widthSchema,
    payRollBankCardNumber: widthSchema,
    urgentLinkMan: widthSchema,
    urgentLinkManPhone: widthSchema,
  }),
  /** The codes that the platform takes. */
  codes: z.strictObject({
    idCardType: codesSchema,
    politicsType: codesSchema,
    cultureLevelType: codesSchema,
    workType: codesSchema,
  }),
});
export type Dialect = z.infer<typeof dialectSchema>;

/** A dialect from a data file. Throws `platform.not-configured` naming the entries that do not fit. */
export function readDialect(value: unknown): Dialect {
  const parsed = dialectSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const entries = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new StationError('platform.not-configured', `dialect: ${entries}`);
}

export const nationalDialect: Dialect = readDialect(national);
