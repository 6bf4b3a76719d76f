import {
  type ProjectConnection,
  projectConnectionSchema,
  type ReaderAddress,
  readerAddressSchema,
  type Result,
} from '../contract/station.ts';
import type { Store } from '../store/open-store.ts';

/** What the station is told once and keeps: in the encrypted file, the secret included. */
export class SettingsDesk {
  readonly #main: Store;
  readonly #mode: Store;
  readonly #practiceReader: ReaderAddress | undefined;

  /** `main` is the file of real projects, `mode` that of the present mode: a reader chosen in practice stays there. */
  constructor(main: Store, mode: Store, practiceReader: ReaderAddress | undefined) {
    this.#main = main;
    this.#mode = mode;
    this.#practiceReader = practiceReader;
  }

  /** The reader that was chosen; without a choice the virtual one in practice mode, else whichever is found. */
  get reader(): ReaderAddress {
    const chosen = this.#mode.settings.get('reader', readerAddressSchema);
    return chosen ?? this.#practiceReader ?? { kind: 'automatic' };
  }

  set reader(address: ReaderAddress) {
    // In practice mode "automatic" means the virtual reader, which is what it was before anything was chosen.
    const isDefault = address.kind === 'automatic' && this.#practiceReader !== undefined;
    this.#mode.settings.set('reader', isDefault ? undefined : address);
  }

  get connection(): ProjectConnection | undefined {
    return this.#main.settings.get('project', projectConnectionSchema);
  }

  set connection(connection: ProjectConnection) {
    this.#main.settings.set('project', { ...connection });
  }

  /** Everything but the secret. */
  visible(): Result<'settings.get'> {
    const { connection, reader } = this;
    if (connection === undefined) return { reader };
    const { secret: _secret, ...project } = connection;
    return { reader, project };
  }
}
