import { z } from 'zod';
import { certificatePinsSchema } from './certificate-pins.ts';

const placeShape = {
  /** Name of the data file that says what is peculiar to the platform. */
  dialect: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  url: z.url({ protocol: /^https?$/ }),
  /** The platform's own certificate, or one above it, is to be one of these; besides being trusted. */
  certificatePins: certificatePinsSchema.optional(),
  projectCode: z.string().min(1).max(40),
  projectName: z.string().min(1).max(100),
  corpCode: z.string().min(1).max(18),
  corpName: z.string().min(1).max(200),
};

/** A project on a platform that speaks `open.api`. */
export const nationalConnectionSchema = z.object({
  driver: z.literal('national'),
  ...placeShape,
  appid: z.string().min(1).max(64),
  secret: z.string().length(32),
  /** Only for platforms that know each enterprise by a key of its own. */
  enterpriseKey: z.string().min(1).max(128).optional(),
});

/** A project whose people are registered by devices, over `CWRService`. */
export const cwrConnectionSchema = z.object({
  driver: z.literal('cwr'),
  ...placeShape,
  apiKey: z.string().min(1).max(64),
  secret: z.string().min(1).max(128),
  deviceSerial: z.string().regex(/^[\w-]{1,40}$/),
});

const connectionSchema = z.discriminatedUnion('driver', [nationalConnectionSchema, cwrConnectionSchema]);

/** A station that was connected when there was one kind of platform kept no kind with it. */
const withDriver = (value: unknown) =>
  typeof value === 'object' && value !== null && !('driver' in value)
    ? { driver: 'national', dialect: 'national', ...value }
    : value;

/** A project on the platform. The secrets go in and never come out again. */
export const projectConnectionSchema = z.preprocess(withDriver, connectionSchema);
export type ProjectConnection = z.infer<typeof connectionSchema>;

/** What of a connection may be shown. */
export const shownConnectionSchema = z.discriminatedUnion('driver', [
  nationalConnectionSchema.omit({ secret: true, enterpriseKey: true }),
  cwrConnectionSchema.omit({ secret: true }),
]);
export type ShownConnection = z.infer<typeof shownConnectionSchema>;

/** The connection without its secrets: what the schema does not know is left out. */
export const shownConnection = (connection: ProjectConnection): ShownConnection =>
  shownConnectionSchema.parse(connection);
