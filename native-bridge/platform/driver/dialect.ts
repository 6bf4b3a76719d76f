import { z } from 'zod';
import cultureLevels from '../../../assets/codes/culture-levels.json' with { type: 'json' };
import cwrResultCodes from '../../../assets/codes/cwr-result-codes.json' with { type: 'json' };
import ethnicGroups from '../../../assets/codes/ethnic-groups.json' with { type: 'json' };
import idCardTypes from '../../../assets/codes/id-card-types.json' with { type: 'json' };
import nationalResultCodes from '../../../assets/codes/national-result-codes.json' with { type: 'json' };
import politicsTypes from '../../../assets/codes/politics-types.json' with { type: 'json' };
import workTypes from '../../../assets/codes/work-types.json' with { type: 'json' };
import { StationError } from '../../contract/errors.ts';
import { codeOverrideSchema, readCodeTable, readResultTable, resultMeaningSchema, withOverride } from './code-table.ts';

const pictureSchema = z.enum(['chip-portrait', 'enrolment-photo']);
const widthSchema = z.int().positive();
const timePatternSchema = z.string().regex(/^(?:yyyy|MM|dd|HH|mm|ss|SSS|[-:/. T])+$/);

/** A table of the data standard with the dialect's override in it. */
const codesOf = (file: unknown) => {
  const standard = readCodeTable(file);
  return codeOverrideSchema.default({}).transform((override) => withOverride(standard, override));
};

/** The documented meanings with the platform's own ones in them. */
const resultCodesOf = (file: unknown) => {
  const documented = readResultTable(file);
  return z
    .record(z.string().regex(/^-?\d+$/), resultMeaningSchema)
    .default({})
    .transform((own) => new Map([...documented, ...Object.entries(own)]));
};

const sharedShape = {
  /** What a project connection names it by; the same as its file's name. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** The interface version that each request names. */
  version: z.string().min(1),
  /** Stands before the Base64 text of a picture; empty where the platform wants the bare text. */
  imagePrefix: z.string(),
  /** `text`: as on the card, without 族; `number`: the two digits of GB/T 3304. */
  nation: z.enum(['text', 'number']),
  /** China time of a request's `timestamp`. */
  timeFormat: timePatternSchema,
  /** Case of the signature's hex digits. */
  signHex: z.enum(['lower', 'upper']),
  codes: z.strictObject({
    idCardType: codesOf(idCardTypes),
    politicsType: codesOf(politicsTypes),
    cultureLevelType: codesOf(cultureLevels),
    workType: codesOf(workTypes),
  }),
};

/** Longest text of a field in UTF-16 code units. */
const widthsShape = {
  corpName: widthSchema,
  teamName: widthSchema,
  workerName: widthSchema,
  nation: widthSchema,
  address: widthSchema,
  cellPhone: widthSchema,
  grantOrg: widthSchema,
  payRollBankCardNumber: widthSchema,
};

/** What differs between platforms that speak `open.api`, as data. */
export const nationalDialectSchema = z.strictObject({
  ...sharedShape,
  driver: z.literal('national'),
  /** Written as `expiryDate` for a card valid 长期. */
  longTermExpiryDate: z.string().min(1),
  /** Which of our two pictures goes into which field. */
  pictures: z.strictObject({ headImage: pictureSchema, issueCardPic: pictureSchema }),
  /** Each request carries `corpsign`, made with the enterprise's own key. */
  corpsign: z.boolean(),
  /** Between questions for an outcome; the last one repeats. Below 1.5 s some platforms answer "too frequent". */
  pollSeconds: z.array(z.number().min(1.5).max(3600)).min(1),
  resultCodes: resultCodesOf(nationalResultCodes),
  limits: z.strictObject({
    /** Longest text of a picture, prefix included: the safe reading of "50 KB". */
    imageCharacters: widthSchema,
    workersPerCall: widthSchema,
    queryPageSize: widthSchema,
    /** A query that is still not at its end after so many pages is given up as a bad answer. */
    queryPages: widthSchema,
  }),
  widths: z.strictObject({
    ...widthsShape,
    corpCode: widthSchema,
    urgentLinkMan: widthSchema,
    urgentLinkManPhone: widthSchema,
  }),
});
export type NationalDialect = z.infer<typeof nationalDialectSchema>;

const jobSchema = z.strictObject({
  /** `emp_category`, a name of the platform's own list. */
  category: z.string().min(1),
  /** `job_typename`, a name of the platform's own list. */
  typeName: z.string().min(1),
  /** `job_name`, a code of the platform's own list. */
  code: z.string().min(1),
});

/** What differs between platforms that speak `CWRService`, as data. */
export const cwrDialectSchema = z.strictObject({
  ...sharedShape,
  driver: z.literal('cwr'),
  pictures: z.strictObject({ id_photo: pictureSchema, facephoto: pictureSchema }),
  /** Whether `client_serial` is one of the signed parameters. */
  signsDeviceSerial: z.boolean(),
  /** `array`: a plain list of records; `wrapped`: an object with the project, the device and the list. */
  passedLog: z.enum(['array', 'wrapped']),
  /** Whether teams are made with `AddTeam` and have a number, or are named in the worker's own record only. */
  teams: z.enum(['numbered', 'named']),
  /** Stands for the last day of `id_validdate` on a card valid 长期. */
  longTermIdValidity: z.string().min(1),
  /** Last day of `pass_period` for a card valid 长期, `yyyy-MM-dd`. */
  longTermPassEnd: z.iso.date(),
  /** Beyond this distance from the platform's clock nothing is sent: every signature would be refused. */
  clockToleranceSeconds: z.int().min(60).max(3600),
  /** Between two `KeepAlive`; devices of the family send one every five minutes. */
  keepAliveSeconds: z.int().min(1).max(3600).default(300),
  jobs: z.strictObject({ manager: jobSchema, worker: jobSchema }),
  resultCodes: resultCodesOf(cwrResultCodes),
  limits: z.strictObject({ imageCharacters: widthSchema, employeesPerQuery: widthSchema, passesPerCall: widthSchema }),
  widths: z.strictObject(widthsShape),
});
export type CwrDialect = z.infer<typeof cwrDialectSchema>;

export const dialectSchema = z.discriminatedUnion('driver', [nationalDialectSchema, cwrDialectSchema]);
export type Dialect = z.infer<typeof dialectSchema>;

/** A dialect from a data file. Throws `platform.bad-dialect` naming the entries that do not fit. */
export function readDialect(value: unknown): Dialect {
  const parsed = dialectSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StationError('platform.bad-dialect', parsed.error.issues.map(placeOf).join(', '));
}

/** Where in the file; the keys that do not belong there are named, values never. */
function placeOf(issue: z.core.$ZodIssue): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return [...issue.path.map(String), ...unknown].join('.') || 'no JSON object';
}

const ethnicCodes = new Map(Object.entries(ethnicGroups).map(([code, name]) => [name, code]));

/** The ethnic group as the platform writes it; one without a number stays as it is. */
export const nationIn = (dialect: Pick<Dialect, 'nation'>, name: string): string =>
  dialect.nation === 'number' ? (ethnicCodes.get(name) ?? name) : name;
