/**
 * What every platform driver offers. The model is neutral and speaks the national data standard's terms; how it
 * travels is the driver's own affair.
 *
 * Every method rejects with a `StationError` of a `platform.*` code. `platform.unreachable` and `platform.bad-answer`
 * leave open whether the platform has acted: ask with `findWorker` / `findTeam` before sending the same thing again.
 * `platform.record-refused` is thrown only for what the local check finds, before anything is sent; a question that the
 * platform refuses to answer is `platform.bad-answer`, for it says nothing about the record.
 */
export interface Connector {
  readonly name: string;
  /** Sends a new team. */
  addTeam(team: TeamUpload): Promise<Acceptance>;
  /** Sends one worker; the outcome is asked for later with the serial. */
  addWorker(worker: WorkerUpload): Promise<Acceptance>;
  /** Replaces the data of a worker whom the platform already has. */
  updateWorker(worker: WorkerUpload): Promise<Acceptance>;
  /** The outcome of an accepted request. */
  outcome(serial: string): Promise<Outcome>;
  /** The team as the platform has it, or undefined. */
  findTeam(team: TeamUpload): Promise<{ readonly teamSysNo: number } | undefined>;
  /** Whether the platform has this worker in this project. */
  findWorker(query: WorkerQuery): Promise<boolean>;
  /** Platform clock minus ours in seconds, from the last answer that told it. */
  readonly clockDifferenceSeconds: number | undefined;
}

/**
 * What a platform says at once to something that was sent. Most accept with a serial and say the rest later; some refuse
 * or find the worker already there in the same breath.
 */
export type Acceptance = { readonly state: 'accepted'; readonly serial: string } | Done | Present | Refused;

/** Done already: there is no later outcome to ask for. The serial is what the platform can find its receipt by. */
export interface Done {
  readonly state: 'done';
  readonly serial: string;
  readonly teamSysNo?: number;
}

/** The worker or team is there already: the platform holds what we wanted it to hold, or an older version of it. */
export interface Present {
  readonly state: 'already-present';
  readonly teamSysNo?: number;
  readonly text: string;
}

/** Refused for its content. `fields` are the interface's field names that the text points at; numbers are masked. */
export interface Refused {
  readonly state: 'refused';
  readonly text: string;
  readonly fields: readonly string[];
}

export type Outcome =
  { readonly state: 'waiting' } | { readonly state: 'done'; readonly teamSysNo?: number } | Present | Refused;

export interface TeamUpload {
  readonly projectCode: string;
  readonly corpCode: string;
  readonly corpName: string;
  readonly teamName: string;
}

export interface WorkerQuery {
  readonly projectCode: string;
  readonly idCardType: string;
  readonly idCardNumber: string;
}

/** One worker in the national standard's terms; pictures are JPEG files, numbers are in clear (the driver encrypts). */
export interface WorkerUpload {
  readonly projectCode: string;
  readonly corpCode: string;
  readonly corpName: string;
  readonly teamSysNo: number;
  readonly teamName: string;
  readonly workerName: string;
  readonly isTeamLeader: boolean;
  readonly idCardType: string;
  readonly idCardNumber: string;
  readonly workType: string;
  /** 10 manager, 20 construction worker. */
  readonly workRole: 10 | 20;
  readonly nation: string;
  readonly address: string;
  /** Portrait from the card's chip. */
  readonly headImage: Uint8Array;
  /** Photo taken at enrolment. */
  readonly issueCardPic: Uint8Array;
  readonly issueCardDate: string;
  readonly politicsType: string;
  readonly cellPhone: string;
  readonly cultureLevelType: string;
  readonly grantOrg: string;
  readonly startDate: string;
  /** `YYYY-MM-DD`, or undefined for 长期, which each platform writes in its own way. */
  readonly expiryDate: string | undefined;
  readonly payRollBankCardNumber?: string;
  readonly urgentLinkMan?: string;
  readonly urgentLinkManPhone?: string;
  /** Whether the machine took the photo and the card's portrait for the same person; a person's own word is no match. */
  readonly facesMatch?: boolean;
}
