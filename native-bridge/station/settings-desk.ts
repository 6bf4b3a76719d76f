import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type ReaderAddress,
  readerAddressSchema,
  type ReaderSettings,
  readerSettingsSchema,
} from '../contract/reader.ts';
import { type ProjectConnection, projectConnectionSchema, shownConnection } from '../contract/project-connection.ts';
import type { Result } from '../contract/station.ts';
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

  /** The readers that were chosen; without a choice the virtual one in practice mode, else whichever are found. */
  get readers(): ReaderSettings {
    return this.#mode.settings.get('readers', readerSettingsSchema) ?? this.#earlierChoice() ?? this.#unchosen();
  }

  set readers(settings: ReaderSettings) {
    this.#mode.settings.set('readers', settings);
  }

  /** In practice mode the virtual reader is there whatever else is chosen. */
  get served(): ReaderSettings {
    const { readers } = this;
    const practice = this.#practiceReader;
    if (practice === undefined) return readers;
    const others = readers.addresses.filter((address) => !isDeepStrictEqual(address, practice));
    return { ...readers, addresses: [practice, ...others] };
  }

  /** PC/SC readers that have shown that they read identity cards; nothing else tells them from ordinary ones. */
  get identityPcscReaders(): readonly string[] {
    return this.#mode.settings.get('identityPcscReaders', z.array(z.string())) ?? [];
  }

  rememberIdentityPcscReader(name: string): void {
    const known = this.identityPcscReaders;
    if (!known.includes(name)) this.#mode.settings.set('identityPcscReaders', [...known, name]);
  }

  /** A station that was set up when there was one reader to choose. */
  #earlierChoice(): ReaderSettings | undefined {
    const address = this.#mode.settings.get('reader', readerAddressSchema);
    return address && { automatic: false, addresses: [address], excludedPorts: [] };
  }

  #unchosen(): ReaderSettings {
    return { automatic: this.#practiceReader === undefined, addresses: [], excludedPorts: [] };
  }

  get connection(): ProjectConnection | undefined {
    return this.#main.settings.get('project', projectConnectionSchema);
  }

  set connection(connection: ProjectConnection) {
    this.#main.settings.set('project', { ...connection });
  }

  /** Everything but the secrets. */
  visible(): Result<'settings.get'> {
    const { connection, readers } = this;
    return connection === undefined ? { readers } : { readers, project: shownConnection(connection) };
  }
}
