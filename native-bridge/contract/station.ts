import { z } from 'zod';
import { bytesSchema, bytesUpTo, emptySchema, errorSchema, idSchema, instantSchema, lineSchema } from './basic.ts';
import {
  listedReaderSchema,
  readerSettingsSchema,
  readerStateSchema,
  runningSelfTestSchema,
  selfTestProgressSchema,
  selfTestReportSchema,
} from './reader.ts';
import { accountCalls, accountEvents } from './account-calls.ts';
import { ageRuleCalls } from './age-rule-calls.ts';
import { call } from './call.ts';
import { reviewCalls, reviewEvents } from './review.ts';
import { reportCalls } from './report-calls.ts';
import { firstRunCalls, firstRunStepSchema } from './first-run.ts';
import { expectedCalls, expectedEvents } from './expected-calls.ts';
import { faceSearchCalls } from './face-search-calls.ts';
import { cameraCalls } from './camera-calls.ts';
import { cameraInUseSchema } from './camera.ts';
import { diagnosticsCalls, diagnosticsEvents } from './diagnostics-calls.ts';
import { livenessCalls } from './liveness-calls.ts';
import { modelPackCalls } from './model-pack-calls.ts';
import { gateSchema } from './gates.ts';
import { recordLifeCalls, recordLifeEvents } from './record-life-calls.ts';
import { backupLampSchema, recoveryCalls, recoveryEvents, safetyCalls, safetyEvents } from './safety-calls.ts';
import { statisticsCalls } from './statistics-calls.ts';
import { teamCalls, teamEvents } from './team-calls.ts';
import { transferCalls, transferEvents } from './transfer-calls.ts';
import { guidanceSchema, photoExceptionSchema, profileSummarySchema } from './capture.ts';
import { captureProfileCalls } from './capture-profile-calls.ts';
import { otherCardSchema } from './other-card.ts';
import { peopleCodeCalls } from './people-codes.ts';
import { peopleRuleCalls } from './people-rule-calls.ts';
import { platformCalls } from './platform-calls.ts';
import { printCalls } from './print-calls.ts';
import { printerCalls } from './printer-calls.ts';
import { projectConnectionSchema, shownConnectionSchema } from './project-connection.ts';
import {
  consentSchema,
  enrolmentViewSchema,
  recordStateSchema,
  recordSummarySchema,
  teamSchema,
  workerFieldsSchema,
} from './enrolment.ts';
import { updateCalls, updateEvents } from './update-calls.ts';
import { heldWorkerCalls, workerCalls } from './worker-calls.ts';

export const platformStateSchema = z.object({
  state: z.enum(['not-configured', 'unknown', 'reachable', 'trouble']),
  error: errorSchema.optional(),
  lastSuccessAt: instantSchema.optional(),
  /** Platform clock minus station clock in seconds, from the last answer. */
  clockDifferenceSeconds: z.number().optional(),
});
export type PlatformState = z.infer<typeof platformStateSchema>;

/** What the sender is doing; absent while it rests or the platform is in trouble. */
export const deliveryStateSchema = z.object({
  /** Records confirmed since the sender began on what lies there now, and how many there are with those to come. */
  done: z.int(),
  total: z.int(),
  /** Records whose request is under way this moment. */
  sending: z.int(),
  perMinute: z.int().optional(),
  secondsLeft: z.int().optional(),
});
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/** An operator wants nothing to be sent; the program ends that by itself. */
export const pausedStateSchema = z.object({
  at: instantSchema,
  /** Sending goes on by itself then, or at the next start. */
  until: instantSchema,
  /** Records whose request was under way and still waits for its answer. */
  sending: z.int(),
});
export type PausedState = z.infer<typeof pausedStateSchema>;

export const stationStatusSchema = z.object({
  version: z.string(),
  practice: z.boolean(),
  /** Where the setting up of a new station is; absent once it is over. */
  firstRun: firstRunStepSchema.optional(),
  /** Set while the setting up goes on once more, on a station that has been set up. */
  firstRunAgain: z.literal(true).optional(),
  team: teamSchema.optional(),
  platform: platformStateSchema,
  /** What is looked at before a new enrolment begins, the worst first. */
  gates: z.array(gateSchema),
  delivery: deliveryStateSchema.optional(),
  sendingPaused: pausedStateSchema.optional(),
  /** Records that wait for a second pair of eyes. */
  openReviews: z.int(),
  unsent: z.object({ count: z.int(), oldestSealedAt: instantSchema.optional(), needsAttention: z.int() }),
  today: z.object({
    enrolled: z.int(),
    /** Median from the first reading of the card to the seal in seconds, as `statistics.days` counts it. */
    medianSeconds: z.number().optional(),
    /** Share of today's enrolments whose first picture was kept, 0..1. */
    firstShotRate: z.number().optional(),
  }),
  /** What the lamp shows of the backups; absent in practice. */
  backup: backupLampSchema.optional(),
  /** Set when comparison is switched off, with the reason. */
  faceTrouble: errorSchema.optional(),
  /** Set once the data file was found damaged: what is there can be read and sent, nothing new is taken in. */
  storeTrouble: errorSchema.optional(),
  profile: profileSummarySchema,
  consentTextVersion: z.string(),
  /** Set where a tick alone is not enough for a consent. */
  signatureRequired: z.literal(true).optional(),
  minimumAgeYears: z.int(),
});
export type StationStatus = z.infer<typeof stationStatusSchema>;

export { projectConnectionSchema, type ProjectConnection } from './project-connection.ts';

export const practiceCardSchema = z.object({ name: z.string(), title: z.object({ zh: z.string(), en: z.string() }) });
export type PracticeCard = z.infer<typeof practiceCardSchema>;

export const codeTableNameSchema = z.enum(['divisions', 'ethnic-groups']);
export type CodeTableName = z.infer<typeof codeTableNameSchema>;

/** A table of codes as the station uses it now: the built-in one, with an imported one laid on it where there is one. */
export const codeTableSchema = z.object({
  table: codeTableNameSchema,
  origin: z.enum(['built-in', 'imported']),
  rows: z.int(),
  /** What the built-in table is of: the day of its newest list, or the edition of a standard. */
  builtInVersion: z.string(),
  /** What was imported, and when; only with an imported table. */
  imported: z.object({ at: instantSchema, rows: z.int() }).optional(),
});
export type CodeTable = z.infer<typeof codeTableSchema>;

/**
 * What is wrong with a line of a table: it was not understood, or it contradicts an earlier one and counts instead of
 * it. The line itself is not repeated: a wrong file could hold anything.
 */
export const tableProblemSchema = z.object({
  line: z.int().min(1),
  reason: z.enum(['columns', 'code', 'name', 'year', 'contradiction']),
});
export type TableProblem = z.infer<typeof tableProblemSchema>;

const tablesSchema = z.object({ tables: z.array(codeTableSchema) });

/** UTF-16 units and bytes of a table's text: a list of every year since 1980 has about 3 MB. */
export const maximumTableText = 7_500_000;

/** A camera frame of 1280×720 at the highest quality stays below 1 MB. */
const maximumFrameBytes = 6_000_000;

const currentSchema = z.object({ enrolment: enrolmentViewSchema.optional() });
const settingsSchema = z.object({
  readers: readerSettingsSchema,
  project: shownConnectionSchema.optional(),
});

/** Every call of the station: name → schema of its argument and of its result. */
export const calls = {
  'station.status': call(emptySchema, stationStatusSchema),
  ...accountCalls,
  ...firstRunCalls,
  /** The reader that matters most to the operator: one that reads, else one that is ready, else the trouble. */
  'reader.state': call(emptySchema, readerStateSchema),
  'reader.list': call(emptySchema, z.object({ readers: z.array(listedReaderSchema) })),
  'reader.self-test': call(z.object({ id: z.string().max(300) }), selfTestReportSchema),
  /** Those under way, for a page that loads anew. */
  'reader.self-tests': call(emptySchema, z.object({ tests: z.array(runningSelfTestSchema) })),
  /** Ends it after the exchange under way; the reader then serves cards as before. */
  'reader.cancel-self-test': call(z.object({ id: z.string().max(300) }), emptySchema),

  'enrolment.current': call(emptySchema, currentSchema),
  'enrolment.continue': call(emptySchema, currentSchema),
  'enrolment.consent': call(consentSchema.omit({ givenAt: true }), currentSchema),
  'enrolment.retake': call(emptySchema, currentSchema),
  'enrolment.decide': call(z.object({ samePerson: z.boolean(), reason: lineSchema.min(2).max(200) }), currentSchema),
  'enrolment.set-fields': call(workerFieldsSchema, currentSchema),
  'enrolment.discard': call(z.object({ reason: lineSchema.min(1).max(200) }), currentSchema),
  'enrolment.seal': call(emptySchema, z.object({ id: idSchema })),

  /** Names the camera; one that may not be used is refused. */
  'capture.open': call(z.object({ camera: cameraInUseSchema.optional() }), z.object({ profile: profileSummarySchema })),
  'capture.frame': call(z.object({ sequence: z.int(), jpeg: bytesUpTo(maximumFrameBytes) }), guidanceSchema),
  'capture.shoot': call(emptySchema, currentSchema),
  /** Takes the best frame although checks are not met; only once `mayTakeBest` was said. */
  'capture.take-best': call(photoExceptionSchema.pick({ reason: true }), currentSchema),
  'capture.close': call(emptySchema, emptySchema),

  'queue.list': call(
    z.object({ state: recordStateSchema.optional(), before: instantSchema.optional(), limit: z.int().min(1).max(200) }),
    z.object({ records: z.array(recordSummarySchema), counts: z.record(recordStateSchema, z.int()) }),
  ),
  'queue.photo': call(z.object({ id: idSchema }), z.object({ jpeg: bytesSchema.optional() })),
  'queue.retry': call(z.object({ id: idSchema }), emptySchema),
  /** Sends nothing more for the time being; the request under way is brought to its end. */
  'queue.pause': call(emptySchema, emptySchema),
  'queue.resume': call(emptySchema, emptySchema),

  ...workerCalls,
  ...heldWorkerCalls,
  ...recordLifeCalls,
  ...reviewCalls,

  ...teamCalls,
  ...reportCalls,
  ...expectedCalls,
  ...statisticsCalls,
  ...printCalls,

  'settings.get': call(emptySchema, settingsSchema),
  'settings.set-readers': call(readerSettingsSchema, settingsSchema),
  'settings.connect-project': call(projectConnectionSchema, settingsSchema),
  ...platformCalls,
  ...ageRuleCalls,
  ...peopleRuleCalls,
  ...peopleCodeCalls,
  'settings.tables': call(emptySchema, tablesSchema),
  /** All or nothing: with one line not understood nothing is taken over. `problems` are the first of `problemCount`. */
  'settings.import-table': call(
    z.object({ table: codeTableNameSchema, text: z.string().max(maximumTableText) }),
    tablesSchema.extend({
      applied: z.boolean(),
      rows: z.int(),
      problems: z.array(tableProblemSchema),
      problemCount: z.int(),
    }),
  ),
  'settings.reset-table': call(z.object({ table: codeTableNameSchema }), tablesSchema),

  ...captureProfileCalls,
  ...faceSearchCalls,
  ...cameraCalls,
  ...printerCalls,
  ...livenessCalls,
  ...modelPackCalls,

  'practice.cards': call(emptySchema, z.object({ cards: z.array(practiceCardSchema), laid: z.string().optional() })),
  'practice.lay': call(z.object({ name: z.string(), portrait: bytesUpTo(maximumFrameBytes).optional() }), emptySchema),
  'practice.lift': call(emptySchema, emptySchema),

  ...transferCalls,
  ...safetyCalls,
  ...diagnosticsCalls,
  ...recoveryCalls,
  ...updateCalls,
} as const;

export type CallName = keyof typeof calls;
export type Argument<N extends CallName> = z.infer<(typeof calls)[N]['argument']>;
export type Result<N extends CallName> = z.infer<(typeof calls)[N]['result']>;

/** Every event that the station sends by itself: name → schema of its payload. */
export const events = {
  'station.changed': stationStatusSchema,
  ...accountEvents,
  'reader.changed': readerStateSchema,
  'readers.changed': z.object({ readers: z.array(listedReaderSchema) }),
  'reader.self-test-changed': selfTestProgressSchema,
  'enrolment.changed': currentSchema,
  /** A card was read that cannot become part of the current enrolment, or could not be read at all. */
  'card.trouble': errorSchema,
  /** A card on a PC/SC reader that is no identity card: social-security, bank or work card. */
  'card.other': otherCardSchema,
  'queue.changed': z.object({ record: recordSummarySchema }),
  ...recordLifeEvents,
  ...reviewEvents,
  ...teamEvents,
  ...expectedEvents,
  ...transferEvents,
  ...safetyEvents,
  ...diagnosticsEvents,
  ...recoveryEvents,
  ...updateEvents,
} as const;

export type EventName = keyof typeof events;
export type Payload<N extends EventName> = z.infer<(typeof events)[N]>;
