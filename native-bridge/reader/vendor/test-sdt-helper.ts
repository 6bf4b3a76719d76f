import { type Helper, HelperFault, type UnnumberedJob } from './helper-process.ts';
import type { HelperAnswer, HelperReady } from './helper-messages.ts';

const number = Buffer.from('0500010035293301D2029649B168DE3A', 'hex');

/** Status of a function that does what it is asked, and of one that cannot. */
const done = 0x90;
const portUnavailable = 0x01;

/** A helper in memory with a makers' library on which readers come and go, that hangs on ports and takes its time. */
export class TestSdtHelper implements Helper {
  /** Ports with a reader; shared by the helpers of one computer. */
  readonly present: Set<number>;
  /** Ports on which opening never ends. */
  readonly hanging = new Set<number>();
  /** Time that opening a port takes, in milliseconds. */
  openMs = 0;
  /** What functions return instead of their own value, one after the other; the last one stays. */
  readonly values = new Map<string, number[]>();
  /** Every call so far, as `function port`, without the prefix. */
  readonly calls: string[] = [];
  /** How often the process was killed over a call that hung. */
  kills = 0;
  stops = 0;
  /** The most calls that were under way or waiting at the same time. */
  mostCalls = 0;
  #calls = 0;
  #stopWaiting: () => void = () => undefined;
  #identity: HelperReady = { kind: 'ready', version: 'v24.0.0', architecture: 'x64' };

  constructor(present: Set<number>) {
    this.present = present;
  }

  get identity(): HelperReady {
    return this.#identity;
  }

  async run(job: UnnumberedJob, limitMs: number, within?: HelperReady): Promise<HelperAnswer> {
    this.mostCalls = Math.max(this.mostCalls, ++this.#calls);
    try {
      return await this.#run(job, limitMs, within);
    } finally {
      this.#calls--;
    }
  }

  async stop(): Promise<void> {
    this.stops++;
    this.#stopWaiting();
    this.#identity = { ...this.#identity };
  }

  async #run(job: UnnumberedJob, limitMs: number, within?: HelperReady): Promise<HelperAnswer> {
    if (job.kind !== 'sdt') throw new HelperFault('crashed');
    if (within !== undefined && within !== this.#identity) throw new HelperFault('crashed');
    const name = job.function.replace('SDT_', '');
    this.calls.push(`${name} ${job.port}`);
    if (name === 'OpenPort') await this.#open(job.port, limitMs);
    return { kind: 'sdt', job: 0, value: this.#value(name, job.port), outputs: this.#outputs(name) };
  }

  async #open(port: number, limitMs: number): Promise<void> {
    const hangs = this.hanging.has(port);
    const takesMs = hangs ? limitMs : this.openMs;
    if (takesMs > 0) await this.#wait(takesMs);
    if (!hangs) return;
    this.kills++;
    this.#identity = { ...this.#identity };
    throw new HelperFault('hung');
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      setTimeout(resolve, milliseconds);
      this.#stopWaiting = () => reject(new HelperFault('stopped'));
    });
  }

  #value(name: string, port: number): number {
    const told = this.values.get(name) ?? [];
    const value = told.length > 1 ? told.shift() : told[0];
    return value ?? (this.present.has(port) ? done : portUnavailable);
  }

  #outputs(name: string): string[] {
    return name === 'GetSAMID' ? [number.toString('base64')] : [];
  }
}
