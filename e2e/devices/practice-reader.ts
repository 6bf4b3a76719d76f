import { findPracticePerson } from '../../native-bridge/practice/practice-deck.ts';

/** The virtual reader's own control interface: lays cards on and takes them away as a hand would. */
export class PracticeReader {
  readonly #address: string;

  /** A station that is not in training has none. */
  constructor(address: string | undefined) {
    if (address === undefined) throw new Error('the station is not in training');
    this.#address = address;
  }

  /** Lays a person's card; with a picture it carries that portrait. */
  async lay(person: string, picture?: Uint8Array): Promise<void> {
    if (picture === undefined) return this.#post('lay', { deck: person });
    const fields = findPracticePerson(person)?.fields;
    if (fields === undefined) throw new Error(`no practice person ${person}`);
    await this.#post('lay', { card: { fields, portrait: Buffer.from(picture).toString('base64') } });
  }

  lift(): Promise<void> {
    return this.#post('lift', {});
  }

  liftDuringNextRead(): Promise<void> {
    return this.#post('lift-during-next-read', {});
  }

  unplug(): Promise<void> {
    return this.#post('unplug', {});
  }

  plug(): Promise<void> {
    return this.#post('plug', {});
  }

  async #post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.#address}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}
