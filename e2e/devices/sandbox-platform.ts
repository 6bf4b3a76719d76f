import { z } from 'zod';

const stateSchema = z.object({ workers: z.array(z.looseObject({ workerName: z.string() })) });

/** The sandbox platform's own control interface: what arrived, and switches for trouble. */
export class SandboxPlatform {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  async workers(): Promise<readonly { readonly workerName: string }[]> {
    const response = await fetch(new URL('/control/state', this.#address));
    return stateSchema.parse(await response.json()).workers;
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
