import { z } from 'zod';

const stateSchema = z.object({ workers: z.array(z.looseObject({ workerName: z.string() })) });

/** The sandbox platform's own control interface: what arrived, and switches for trouble. */
export class SandboxPlatform {
  readonly #address: string;

  /** A station that is not in training has none. */
  constructor(address: string | undefined) {
    if (address === undefined) throw new Error('the station is not in training');
    this.#address = address;
  }

  async workers(): Promise<readonly { readonly workerName: string }[]> {
    const response = await fetch(new URL('/control/state', this.#address));
    return stateSchema.parse(await response.json()).workers;
  }

  /** The photo taken at the desk, of the only worker that is there, as it arrived. */
  async photo(): Promise<Uint8Array> {
    const page = await (await fetch(this.#address)).text();
    const path = /<img src="([^"]+)" alt="现场照/.exec(page)?.[1];
    if (path === undefined) throw new Error('no photo has arrived');
    return (await fetch(new URL(path, this.#address))).bytes();
  }

  /** Takes the platform away for callers, or brings it back. */
  async setDown(down: boolean): Promise<void> {
    const response = await fetch(new URL('/control/faults', this.#address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ down }),
    });
    if (!response.ok) throw new Error(`faults: ${response.status}`);
  }
}
