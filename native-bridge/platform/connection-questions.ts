/** Something harmless that can be asked of a platform to see what its account may do. */
export interface Question {
  /** The interface's own name of what is asked. */
  readonly name: string;
  /** Rejects with a `StationError` of a `platform.*` code. */
  ask(): Promise<void>;
}

/** What a driver offers besides, for trying a connection out. The first question is the one that tells about the account. */
export interface Questionable {
  readonly questions: readonly Question[];
}
