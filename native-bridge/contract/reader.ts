import { z } from 'zod';
import { errorCodeSchema, instantSchema, lineSchema } from './basic.ts';

/** How a reader is attached: its own protocol over a line, PC/SC, or the maker's library. */
export const transportSchema = z.enum(['serial', 'tcp', 'usb', 'hid', 'pcsc', 'sdtapi']);
export type Transport = z.infer<typeof transportSchema>;

/** One reader as the operator sees it; trouble is a state with a code and never needs a restart. */
export const readerStateSchema = z.object({
  state: z.enum(['searching', 'ready', 'reading', 'lift-card', 'trouble']),
  code: errorCodeSchema.optional(),
  transport: transportSchema.optional(),
  /** What the operator calls it: a port name, `host:port`, or the reader's name. */
  address: z.string().optional(),
  samNumber: z.string().optional(),
  model: z.string().optional(),
});
export type ReaderState = z.infer<typeof readerStateSchema>;

/** A reader among several. `id` stays the same while it is in service. */
export const listedReaderSchema = readerStateSchema.extend({ id: z.string() });
export type ListedReader = z.infer<typeof listedReaderSchema>;

export const readerAddressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('serial'), path: lineSchema.min(1).max(200) }),
  z.object({ kind: z.literal('tcp'), host: z.string().regex(/^[\w.:-]{1,200}$/), port: z.int().min(1).max(65535) }),
]);
export type ReaderAddress = z.infer<typeof readerAddressSchema>;

/** SAM number as printed: two and two digits, eight, ten, ten. */
const samNumberSchema = z.string().regex(/^\d{2,5}\.\d{2,5}-\d{8,10}-\d{10}-\d{10}$/);

/** Which readers the station serves. */
export const readerSettingsSchema = z.object({
  /** Whether USB, serial ports and PC/SC are searched for readers. */
  automatic: z.boolean(),
  /** Readers that are served besides or instead: device servers on the network, ports that are known. */
  addresses: z.array(readerAddressSchema).max(8),
  /** Serial ports that are never opened: a weighing scale or a turnstile may live there. */
  excludedPorts: z.array(lineSchema.min(1).max(200)).max(50),
  /** The reader that belongs to this station; another one is shown with a warning. */
  boundSamNumber: samNumberSchema.optional(),
});
export type ReaderSettings = z.infer<typeof readerSettingsSchema>;

/** One answer of a reader: which command, its status byte, when. Never its content. */
export const recordedStatusSchema = z.object({
  at: instantSchema,
  command: z.string(),
  /** SW3 of the answer; undefined when there was none. */
  status: z.int().min(0).max(255).optional(),
  code: errorCodeSchema.optional(),
  tookMs: z.number(),
});
export type RecordedStatus = z.infer<typeof recordedStatusSchema>;

/** Whether portraits can be decoded here, and by what. */
export const portraitDecoderStateSchema = z.object({
  state: z.enum(['ready', 'no-decoder', 'not-licensed', 'failed']),
  /** File name of the maker's library and the function that is called in it. */
  library: z.string().optional(),
  call: z.string().optional(),
  /** Program that runs the library, with its architecture. */
  runtime: z.string().optional(),
  code: errorCodeSchema.optional(),
});
export type PortraitDecoderState = z.infer<typeof portraitDecoderStateSchema>;

/** What is asked of a reader in its self-test, numbered in this order from 1. */
export const selfTestStepNames = ['status', 'round-trip', 'sam-number', 'portrait-decoder'] as const;
export type SelfTestStepName = (typeof selfTestStepNames)[number];

export const selfTestStepSchema = z.object({
  number: z.int().min(1),
  step: z.enum(selfTestStepNames),
  /** `skipped`: not taken, because an earlier one failed or the test was cancelled. */
  state: z.enum(['waiting', 'running', 'ok', 'trouble', 'skipped']),
  /** The status byte in hexadecimal, milliseconds of a round trip, or the reader's own number. */
  value: z.string().max(120).optional(),
  code: errorCodeSchema.optional(),
});
export type SelfTestStep = z.infer<typeof selfTestStepSchema>;

/** What a reader says about itself, without anything about the people whose cards it read. */
export const selfTestReportSchema = z.object({
  at: instantSchema,
  stationVersion: z.string(),
  transport: transportSchema,
  address: z.string(),
  model: z.string().optional(),
  driver: z.string().optional(),
  baudRate: z.int().optional(),
  /** Status byte of the module's own self-test. */
  samStatus: z.int().optional(),
  samNumber: z.string().optional(),
  /** Median of five status calls in milliseconds. */
  roundTripMs: z.number().optional(),
  droppedBytes: z.int(),
  badChecks: z.int(),
  resends: z.int(),
  /** The last twenty answers, oldest first. */
  statuses: z.array(recordedStatusSchema),
  /** Absent when the test was cancelled before. */
  portraitDecoder: portraitDecoderStateSchema.optional(),
  code: errorCodeSchema.optional(),
  steps: z.array(selfTestStepSchema),
  /** Given up by the operator: what was found until then stands in the steps. */
  cancelled: z.boolean(),
});
export type SelfTestReport = z.infer<typeof selfTestReportSchema>;

/** How far the self-test of one reader is. */
export const runningSelfTestSchema = z.object({ id: z.string(), steps: z.array(selfTestStepSchema) });
export type RunningSelfTest = z.infer<typeof runningSelfTestSchema>;

/** The same as it is told; with its report once it is over, and without steps when it could not be taken. */
export const selfTestProgressSchema = runningSelfTestSchema.extend({ report: selfTestReportSchema.optional() });
export type SelfTestProgress = z.infer<typeof selfTestProgressSchema>;
