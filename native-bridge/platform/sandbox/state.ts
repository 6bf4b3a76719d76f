import { z } from 'zod';
import { jsonObjectSchema } from './json.ts';

const scalarsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

const corpSchema = z.object({ corpCode: z.string(), corpName: z.string(), appid: z.string() });

const participantSchema = z.object({ projectCode: z.string(), corpCode: z.string(), corpName: z.string() });

const teamSchema = z.object({
  teamSysNo: z.int(),
  projectCode: z.string(),
  corpCode: z.string(),
  corpName: z.string(),
  teamName: z.string(),
  /** The remaining fields as sent, decrypted. */
  fields: scalarsSchema,
});

const keptPictureSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), type: z.enum(['jpg', 'png']) });

const workerSchema = z.object({
  projectCode: z.string(),
  corpCode: z.string(),
  corpName: z.string(),
  teamSysNo: z.int(),
  teamName: z.string(),
  idCardNumber: z.string(),
  workerName: z.string(),
  /** All fields as sent, decrypted; pictures apart. */
  fields: scalarsSchema,
  /** Field name (headImage, issueCardPic, ...) to the picture kept for it. */
  pictures: z.record(z.string(), keptPictureSchema),
  /** How often it was changed after the first Add. */
  updates: z.int(),
  /** The device interface's own number of the person. */
  empId: z.string().optional(),
});

const entryExitSchema = z.object({
  projectCode: z.string(),
  corpCode: z.string(),
  corpName: z.string(),
  teamSysNo: z.int(),
  idCardNumber: z.string(),
  date: z.string(),
  /** 1 entry, 0 exit. */
  type: z.int(),
});

/** What a project knows of one person besides the enrolment: a contract, a training, a passage of a gate, a wage. */
const personRecordSchema = z.object({
  projectCode: z.string(),
  idCardNumber: z.string(),
  /** The remaining fields as sent, decrypted; pictures and attachments apart. */
  fields: scalarsSchema,
});

const projectSchema = z.object({ projectCode: z.string(), appid: z.string(), fields: scalarsSchema });

const writeSchema = z.object({
  serial: z.string(),
  appid: z.string(),
  method: z.string(),
  receivedAt: z.number(),
  dueAt: z.number(),
  /** 0 waiting, 10 failed, 20 done. */
  status: z.union([z.literal(0), z.literal(10), z.literal(20)]),
  /** The business object while the write waits; forgotten once it has been handled. */
  data: jsonObjectSchema.optional(),
  /** Fails with this text whatever the data holds (a scripted fault). */
  scriptedFailure: z.string().optional(),
  result: z.union([z.string(), jsonObjectSchema]).optional(),
});

const logEntrySchema = z.object({
  /** Milliseconds since the epoch. */
  time: z.number(),
  appid: z.string(),
  method: z.string(),
  /** Answer code of the envelope, or the fault that took its place. */
  code: z.string(),
  serial: z.string().optional(),
  fault: z.string().optional(),
});

/** One pass through a gate, as a device told it. */
const passSchema = z.object({
  projectCode: z.string(),
  personId: z.string(),
  passedTime: z.string(),
  direction: z.string(),
});

const tallySchema = z.object({
  projectCode: z.string(),
  idCardNumber: z.string(),
  added: z.int(),
  duplicatesRefused: z.int(),
});

export const stateSchema = z.object({
  formatVersion: z.literal(1),
  nextSerial: z.int(),
  nextTeamSysNo: z.int(),
  corps: z.array(corpSchema),
  /** Companies that joined a project through the interface, besides those of the account. */
  participants: z.array(participantSchema),
  teams: z.array(teamSchema),
  workers: z.array(workerSchema),
  entryExits: z.array(entryExitSchema),
  contracts: z.array(personRecordSchema).default([]),
  trainees: z.array(personRecordSchema).default([]),
  attendances: z.array(personRecordSchema).default([]),
  wages: z.array(personRecordSchema).default([]),
  /** Projects opened through the interface, besides those of the account. */
  projects: z.array(projectSchema).default([]),
  /** What the platform knows of companies, by code. */
  corpDetails: z.array(z.object({ corpCode: z.string(), appid: z.string(), fields: scalarsSchema })).default([]),
  writes: z.array(writeSchema),
  log: z.array(logEntrySchema),
  requestsSeen: z.int(),
  nonces: z.array(z.object({ appid: z.string(), nonce: z.string(), seenAt: z.number() })),
  tallies: z.array(tallySchema),
  // A state file of a time before devices has none.
  passes: z.array(passSchema).default([]),
});

export type State = z.infer<typeof stateSchema>;
export type Team = z.infer<typeof teamSchema>;
export type Worker = z.infer<typeof workerSchema>;
export type KeptPicture = z.infer<typeof keptPictureSchema>;
export type EntryExit = z.infer<typeof entryExitSchema>;
export type PersonRecord = z.infer<typeof personRecordSchema>;
export type Write = z.infer<typeof writeSchema>;
export type LogEntry = z.infer<typeof logEntrySchema>;
export type Pass = z.infer<typeof passSchema>;
export type Tally = z.infer<typeof tallySchema>;

// Documented team numbers have 9 or 10 digits; this stays below 2^31 because the field is an int.
const FIRST_TEAM_SYS_NO = 1_000_000_001;

export function emptyState(): State {
  return {
    formatVersion: 1,
    nextSerial: 1,
    nextTeamSysNo: FIRST_TEAM_SYS_NO,
    corps: [],
    participants: [],
    teams: [],
    workers: [],
    entryExits: [],
    contracts: [],
    trainees: [],
    attendances: [],
    wages: [],
    projects: [],
    corpDetails: [],
    writes: [],
    log: [],
    requestsSeen: 0,
    nonces: [],
    tallies: [],
    passes: [],
  };
}

/** The tally of one person in one project, made on first use. */
export function tallyOf(state: State, projectCode: string, idCardNumber: string): Tally {
  const known = state.tallies.find((each) => each.projectCode === projectCode && each.idCardNumber === idCardNumber);
  if (known) return known;
  const tally: Tally = { projectCode, idCardNumber, added: 0, duplicatesRefused: 0 };
  state.tallies.push(tally);
  return tally;
}

export function findWorker(state: State, projectCode: string, idCardNumber: string): Worker | undefined {
  return state.workers.find((each) => each.projectCode === projectCode && each.idCardNumber === idCardNumber);
}
