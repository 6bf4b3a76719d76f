import type { AccountState } from '../../native-bridge/contract/account.ts';
import type { ErrorReport } from '../../native-bridge/contract/basic.ts';
import type { ListedReader, ReaderState } from '../../native-bridge/contract/reader.ts';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import type { EnrolmentView, RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import type { PeopleCodes } from '../../native-bridge/contract/people-codes.ts';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import type { RecoveryState } from '../../native-bridge/contract/safety-calls.ts';
import type { CallName, StationStatus } from '../../native-bridge/contract/station.ts';
import { standardCodes } from '../codes/standard-codes.ts';

/** How many records the strip under the Enrol screen shows. */
export const recentLimit = 10;

/** What the page knows of the station. A member is absent until the station has told it. */
export interface StationSnapshot {
  readonly connected: boolean;
  /** Whether the station could be opened, and what is to be done if not. */
  readonly recovery?: RecoveryState;
  /** Who is at the desk. */
  readonly account?: AccountState;
  readonly status?: StationStatus;
  readonly reader?: ReaderState;
  readonly readers: readonly ListedReader[];
  readonly enrolment?: EnrolmentView;
  /** False until the current enrolment was asked for once. */
  readonly enrolmentKnown: boolean;
  readonly recent: readonly RecordSummary[];
  readonly cardTrouble?: ErrorReport;
  /** The data standard's until the station has told those of its platform. */
  readonly codes: PeopleCodes;
}

const nothingYet: StationSnapshot = {
  connected: false,
  enrolmentKnown: false,
  readers: [],
  recent: [],
  codes: standardCodes,
};

/** Puts a changed record where it belongs: in its place if it is listed, else at the head if it is new. A locked one goes. */
export function withRecord(
  records: readonly RecordSummary[],
  changed: RecordSummary,
  limit: number,
): readonly RecordSummary[] {
  if (changed.lockedAt !== undefined) return records.filter(({ id }) => id !== changed.id);
  if (records.some(({ id }) => id === changed.id)) {
    return records.map((record) => (record.id === changed.id ? changed : record));
  }
  const oldest = records.at(-1);
  if (oldest !== undefined && records.length >= limit && changed.sealedAt < oldest.sealedAt) return records;
  return [...records, changed].sort((a, b) => b.sealedAt.localeCompare(a.sealedAt)).slice(0, limit);
}

/** Whether somebody is there to work, or training that needs nobody. */
export const isOpenDesk = (account: AccountState | undefined): boolean =>
  account?.state === 'signed-in' || account?.state === 'practice';

/** The page's one copy of the station's state: asked for on every connection, then kept up by events. */
export class StationState {
  readonly client: StationClient;
  #snapshot = nothingYet;
  #listeners = new Set<() => void>();

  constructor(client: StationClient) {
    this.client = client;
    client.on('recovery.changed', (recovery) => this.#recoveryChanged(recovery));
    client.on('account.changed', (account) => this.#accountChanged(account));
    client.on('station.changed', (status) => this.#change({ status }));
    client.on('reader.changed', (reader) => this.#change({ reader }));
    client.on('readers.changed', ({ readers }) => this.#change({ readers }));
    client.on('enrolment.changed', ({ enrolment }) => this.setEnrolment(enrolment));
    client.on('card.trouble', (cardTrouble) => this.#change({ cardTrouble }));
    client.on('queue.changed', ({ record }) =>
      this.#change({ recent: withRecord(this.#snapshot.recent, record, recentLimit) }),
    );
    client.on('record.erased', ({ ids }) =>
      this.#change({ recent: this.#snapshot.recent.filter(({ id }) => !ids.includes(id)) }),
    );
    client.onConnection((connected) => {
      this.#change({ connected });
      if (connected) void this.#askAll();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): StationSnapshot => this.#snapshot;

  /** Takes over the enrolment as a call or an event gave it. A new card ends the trouble of the one before. */
  setEnrolment(enrolment: EnrolmentView | undefined): void {
    const { enrolment: before, cardTrouble, ...rest } = this.#snapshot;
    const sameCard = before?.draft.card?.readAt === enrolment?.draft.card?.readAt;
    this.#replace({
      ...rest,
      enrolmentKnown: true,
      ...(enrolment && { enrolment }),
      ...(sameCard && cardTrouble && { cardTrouble }),
    });
  }

  readonly dismissCardTrouble = (): void => {
    const { cardTrouble: _dismissed, ...rest } = this.#snapshot;
    this.#replace(rest);
  };

  /** Asks for the enrolment again, for when it is doubtful whether an event has come. */
  async refreshEnrolment(): Promise<EnrolmentView | undefined> {
    const { enrolment } = await this.client.call('enrolment.current', {});
    this.setEnrolment(enrolment);
    return enrolment;
  }

  #recoveryChanged(recovery: RecoveryState): void {
    this.#change({ recovery });
    if (recovery.state === 'open') void this.#askAll();
  }

  /** A station that is closed has nothing else to tell. */
  async #askAll(): Promise<void> {
    await this.#ask('recovery.state', async () =>
      this.#change({ recovery: await this.client.call('recovery.state', {}) }),
    );
    const state = this.#snapshot.recovery?.state;
    // Whoever is at the desk may give a change of the key up, also after the page has loaded anew.
    if (state === 'rekeying') await this.#askAccount();
    if (state !== 'open') return;
    await Promise.all([
      this.#askAccount(),
      this.#ask('station.status', async () => this.#change({ status: await this.client.call('station.status', {}) })),
    ]);
    if (isOpenDesk(this.#snapshot.account)) await this.#askAtDesk();
  }

  #askAccount(): Promise<void> {
    return this.#ask('account.state', async () =>
      this.#change({ account: await this.client.call('account.state', {}) }),
    );
  }

  #accountChanged(account: AccountState): void {
    const wasOpen = isOpenDesk(this.#snapshot.account);
    this.#change({ account });
    if (!wasOpen && isOpenDesk(account)) void this.#askAtDesk();
  }

  /** What is told to somebody at the desk only. */
  async #askAtDesk(): Promise<void> {
    await Promise.all([
      this.#ask('reader.state', async () => this.#change({ reader: await this.client.call('reader.state', {}) })),
      this.#ask('reader.list', async () => this.#change(await this.client.call('reader.list', {}))),
      this.#ask('codes.people', async () => this.#change({ codes: await this.client.call('codes.people', {}) })),
      this.#ask('enrolment.current', async () => void (await this.refreshEnrolment())),
      this.#ask('queue.list', async () =>
        this.#change({ recent: (await this.client.call('queue.list', { limit: recentLimit })).records }),
      ),
    ]);
  }

  /** A lost connection is asked again by the next one; anything else would be a fault of the program. */
  async #ask(name: CallName, ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (cause) {
      const { code } = asStationError(cause);
      if (code !== 'rpc.closed') console.error(`${name}: ${code}`);
    }
  }

  #change(part: Partial<StationSnapshot>): void {
    this.#replace({ ...this.#snapshot, ...part });
  }

  #replace(snapshot: StationSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
