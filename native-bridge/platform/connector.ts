/**
 * What every platform driver offers. The model is neutral and speaks the national data standard's terms; how it
 * travels is the driver's own affair.
 *
 * Every method rejects with a `StationError` of a `platform.*` code. All but the platform's own clear words
 * (`platform.busy`, `platform.sign-refused` and the like) leave open whether the platform has acted: ask with `findWorker` / `findTeam` before sending the same thing again.
 * `platform.record-refused` is thrown only for what the local check finds, before anything is sent; a question that the
 * platform refuses to answer is `platform.bad-answer`, for it says nothing about the record.
 */
export interface Connector {
  readonly name: string;
  /** Sends a new team. */
  addTeam(team: TeamUpload): Promise<Acceptance>;
  /** Sends one worker; the outcome is asked for later with the serial. */
  addWorker(worker: WorkerUpload): Promise<Acceptance>;
  /** Sending several workers in one request; absent where the platform takes one at a time. */
  readonly batch?: WorkerBatch;
  /** Replaces the data of a worker whom the platform already has. */
  updateWorker(worker: WorkerUpload): Promise<Acceptance>;
  /** The outcome of an accepted request. `people`: whom it held, in its order, so that a failure can be laid to them. */
  outcome(serial: string, people?: readonly Person[]): Promise<Outcome>;
  /** The team as the platform has it, or undefined. */
  findTeam(team: TeamUpload): Promise<{ readonly teamSysNo: number } | undefined>;
  /** Whether the platform has this worker in this project. */
  findWorker(query: WorkerQuery): Promise<boolean>;
  /** Teams as people of the project are registered in them; absent where the business part of the driver lists teams. */
  readonly listTeams?: () => Promise<readonly ListedTeam[]>;
  /** What the platform holds of a worker, by the national names; absent where the business part of the driver tells it. */
  readonly heldWorker?: (query: WorkerQuery) => Promise<Readonly<Record<string, string>> | undefined>;
  /** Platform clock minus ours in seconds, from the last answer that told it. */
  readonly clockDifferenceSeconds: number | undefined;
  /** Absent where the platform wants no sign of life. */
  readonly presence?: Presence;
}

/** A sign of life of the station. */
export interface Presence {
  readonly everySeconds: number;
  tell(): Promise<void>;
}

export interface WorkerBatch {
  /** Most workers in one request. */
  readonly largest: number;
  /** The local check of one worker, which throws `platform.record-refused` where sending it would. */
  check(worker: WorkerUpload): void;
  /** Sends workers of one team, one serial for all of them. */
  addWorkers(workers: readonly WorkerUpload[]): Promise<Acceptance>;
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
  readonly rows?: readonly RowVerdict[];
}

/** Refused for its content. `fields` are the interface's field names that the text points at; numbers are masked. */
export interface Refused {
  readonly state: 'refused';
  readonly text: string;
  readonly fields: readonly string[];
  readonly rows?: readonly RowVerdict[];
}

/**
 * What the failure of a request with several workers says about one of them, by its index in the request. It is certain
 * where the text names the person. A row number alone is a suspicion: platforms do not say whether they count from 0.
 */
export type RowVerdict =
  | { readonly row: number; readonly state: 'suspected' }
  | { readonly row: number; readonly state: 'already-present'; readonly text: string }
  | { readonly row: number; readonly state: 'refused'; readonly text: string; readonly fields: readonly string[] };

/** `failed`: the platform's own trouble while it processed the request, which says nothing about its content. */
export type Outcome =
  | { readonly state: 'waiting' }
  | { readonly state: 'done'; readonly teamSysNo?: number }
  | { readonly state: 'failed'; readonly text: string }
  | Present
  | Refused;

export interface TeamUpload {
  readonly projectCode: string;
  readonly corpCode: string;
  readonly corpName: string;
  readonly teamName: string;
}

export interface ListedTeam {
  readonly teamName: string;
  readonly corpName?: string;
  readonly teamSysNo?: number;
}

export interface WorkerQuery {
  readonly projectCode: string;
  readonly idCardType: string;
  readonly idCardNumber: string;
}

/** Somebody as a platform's text may name him. */
export type Person = Pick<WorkerUpload, 'workerName' | 'idCardNumber'>;

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
