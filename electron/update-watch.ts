import type { AppUpdater } from 'electron-updater';
import type { UpdateOrder, UpdateSource, UpdateState } from '../native-bridge/contract/update-calls.ts';

/** Where what happens is told: to the shell's log in lines, to the station as a state. */
export interface UpdateListeners {
  readonly log: (line: string) => void;
  readonly tell: (state: UpdateState) => void;
}

type Watched = Pick<AppUpdater, 'checkForUpdates' | 'on'>;
type Look = NonNullable<UpdateState['lastLook']>;

/** Follows an updater, and hands on what the operator asks of it. */
export class UpdateWatch {
  readonly #updater: Watched;
  readonly #listeners: UpdateListeners;
  #state: UpdateState;
  #stopFetching: () => void = () => undefined;

  constructor(updater: Watched, source: UpdateSource, listeners: UpdateListeners) {
    this.#updater = updater;
    this.#listeners = listeners;
    this.#state = { source, work: { kind: 'resting' } };
    this.#follow();
    listeners.tell(this.#state);
  }

  readonly obey = (order: UpdateOrder): void => {
    if (order === 'look') void this.look();
    else if (this.#state.work.kind === 'fetching') this.#stopFetching();
  };

  /** Never rejects: what fails is told as a state. */
  async look(): Promise<void> {
    if (this.#state.work.kind !== 'resting') return;
    try {
      const found = await this.#updater.checkForUpdates();
      this.#stopFetching = () => found?.cancellationToken?.cancel();
      // What comes of the fetching is told by events.
      await found?.downloadPromise;
    } catch {
      // Told as well.
    }
  }

  #follow(): void {
    const updater = this.#updater;
    const { log } = this.#listeners;
    updater.on('checking-for-update', () => this.#now({ work: { kind: 'looking' } }));
    updater.on('update-not-available', () => this.#looked({ outcome: 'none-newer' }));
    updater.on('update-available', ({ version }) => {
      log(`updates: ${version} is being fetched`);
      this.#looked({ outcome: 'found', version });
      this.#now({ work: { kind: 'fetching', version, doneBytes: 0, totalBytes: 0, bytesPerSecond: 0 } });
    });
    updater.on('download-progress', (progress) => this.#fetched(progress));
    updater.on('update-downloaded', ({ version }) => {
      log(`updates: ${version} is put in place at the end`);
      this.#now({ work: { kind: 'resting' }, waiting: { version } });
    });
    updater.on('update-cancelled', ({ version }) => {
      log(`updates: ${version} is fetched no more`);
      this.#looked({ outcome: 'cancelled', version });
    });
    // The errors beneath quote addresses and paths.
    updater.on('error', (error: NodeJS.ErrnoException) => {
      const code = (error.code ?? error.name).slice(0, 60);
      log(`updates: failed, ${code}`);
      this.#looked({ outcome: 'failed', code });
    });
  }

  #fetched(progress: { readonly transferred: number; readonly total: number; readonly bytesPerSecond: number }): void {
    const { work } = this.#state;
    if (work.kind !== 'fetching') return;
    const { transferred: doneBytes, total: totalBytes, bytesPerSecond } = progress;
    this.#now({ work: { ...work, doneBytes, totalBytes, bytesPerSecond } });
  }

  #looked(look: Omit<Look, 'at'>): void {
    this.#now({ work: { kind: 'resting' }, lastLook: { at: new Date().toISOString(), ...look } });
  }

  #now(part: Partial<UpdateState>): void {
    this.#state = { ...this.#state, ...part };
    this.#listeners.tell(this.#state);
  }
}
