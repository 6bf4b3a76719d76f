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
  readonly #store: Store;
  readonly #practiceReader: ReaderAddress | undefined;

  constructor(store: Store, practiceReader: ReaderAddress | undefined) {
    this.#store = store;
    this.#practiceReader = practiceReader;
  }

  /** The reader that was chosen; without a choice the virtual one in practice mode, else whichever is found. */
  get reader(): ReaderAddress {
    const chosen = this.#store.settings.get('reader', readerAddressSchema);
    return chosen ?? this.#practiceReader ?? { kind: 'automatic' };
  }

  set reader(address: ReaderAddress) {
    // In practice mode "automatic" means the virtual reader, which is what it was before anything was chosen.
    const isDefault = address.kind === 'automatic' && this.#practiceReader !== undefined;
    this.#store.settings.set('reader', isDefault ? undefined : address);
  }

  get connection(): ProjectConnection | undefined {
    return this.#store.settings.get('project', projectConnectionSchema);
  }

  set connection(connection: ProjectConnection) {
    this.#store.settings.set('project', { ...connection });
  }

  /** Everything but the secret. */
  visible(): Result<'settings.get'> {
    const { connection, reader } = this;
    if (connection === undefined) return { reader };
    const { secret: _secret, ...project } = connection;
    return { reader, project };
  }
}
