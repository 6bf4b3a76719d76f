import { asStationError, type ErrorCode, StationError } from '../contract/errors.ts';
import {
  type ListedReader,
  type PortraitDecoderState,
  type RunningSelfTest,
  type SelfTestProgress,
  type SelfTestReport,
  type SelfTestStep,
  type SelfTestStepName,
  selfTestStepNames,
} from '../contract/reader.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';
import type { ReaderFleet } from '../reader/reader-fleet.ts';
import type { OpenReader } from '../reader/reader-module.ts';
import type { ReaderService } from '../reader/reader-service.ts';

export interface SelfTestOptions {
  readonly fleet: Pick<ReaderFleet, 'service' | 'readers'>;
  readonly decoder: PortraitDecoder;
  readonly stationVersion: string;
  readonly now: () => Date;
  readonly onSteps: (progress: SelfTestProgress) => void;
}

type Found = Pick<SelfTestStep, 'state' | 'value' | 'code'>;

/** The numbered steps of one test, told whenever one of them changes. */
class Steps {
  readonly #tell: (steps: SelfTestStep[]) => void;
  #steps: readonly SelfTestStep[] = selfTestStepNames.map((step, index) => ({
    number: index + 1,
    step,
    state: 'waiting',
  }));

  constructor(tell: (steps: SelfTestStep[]) => void) {
    this.#tell = tell;
  }

  get list(): SelfTestStep[] {
    return [...this.#steps];
  }

  note(name: SelfTestStepName, { state, value, code }: Found): void {
    const found = { state, ...(value !== undefined && { value }), ...(code !== undefined && { code }) };
    this.#steps = this.#steps.map(({ number, step, ...before }) =>
      step === name ? { number, step, ...found } : { number, step, ...before },
    );
    this.#tell(this.list);
  }

  /** The step under way failed, or was not begun; what was to follow it is left out. */
  failed(code: ErrorCode): void {
    const at = this.#steps.find(({ state }) => state === 'running' || state === 'waiting');
    if (at !== undefined) this.note(at.step, { state: 'trouble', code });
  }

  /** What has not been taken is not going to be. `upTo`: of the steps before this one only. */
  skipRest(upTo?: SelfTestStepName): void {
    for (const { step, state } of this.list) {
      if (step === upTo) return;
      if (state === 'running' || state === 'waiting') this.note(step, { state: 'skipped' });
    }
  }
}

type ServedReader = { readonly reader: OpenReader; readonly service: ReaderService };

interface Running {
  readonly stop: AbortController;
  steps: SelfTestStep[];
}

/** The readers' self-tests: one of each reader at a time. */
export class ReaderSelfTests {
  readonly #options: SelfTestOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: SelfTestOptions) {
    this.#options = options;
  }

  /**
   * What one reader says about itself, without anything about the people whose cards it read. A reader that does not
   * answer, or is not in service, gives a report with its trouble. Rejects with `reader.busy` while a card or another
   * test is on it, `reader.not-found` for a reader that is not listed or whose interface knows no self-test.
   */
  async run(id: string): Promise<SelfTestReport> {
    if (this.#running.has(id)) throw new StationError('reader.busy');
    const running: Running = { stop: new AbortController(), steps: [] };
    this.#running.set(id, running);
    try {
      const report = await this.#test(id, running);
      this.#options.onSteps({ id, steps: report.steps, report });
      return report;
    } catch (cause) {
      this.#options.onSteps({ id, steps: [] });
      throw cause;
    } finally {
      this.#running.delete(id);
    }
  }

  /** Those under way. */
  get running(): RunningSelfTest[] {
    return [...this.#running].map(([id, { steps }]) => ({ id, steps }));
  }

  /** Ends the test of this reader after the exchange under way. */
  cancel(id: string): void {
    this.#running.get(id)?.stop.abort();
  }

  async #test(id: string, running: Running): Promise<SelfTestReport> {
    const { signal } = running.stop;
    const steps = new Steps((list) => {
      running.steps = list;
      this.#options.onSteps({ id, steps: list });
    });
    const served = this.#options.fleet.service(id);
    const found = served === undefined ? this.#unserved(id, steps) : await this.#served(served, steps, signal);
    steps.skipRest('portrait-decoder');
    const portraitDecoder = signal.aborted ? undefined : await this.#decoder(steps);
    steps.skipRest();
    const { stationVersion, now } = this.#options;
    return {
      at: now().toISOString(),
      stationVersion,
      ...found,
      ...(portraitDecoder && { portraitDecoder }),
      steps: steps.list,
      cancelled: signal.aborted && portraitDecoder === undefined,
    };
  }

  async #served({ reader, service }: ServedReader, steps: Steps, signal: AbortSignal) {
    const onStep = (name: SelfTestStepName, state: SelfTestStep['state'], value?: string) =>
      steps.note(name, { state, ...(value !== undefined && { value }) });
    const test = await service.selfTest({ signal, onStep }).catch((cause: unknown) => {
      if (signal.aborted) return {};
      const error = asStationError(cause);
      if (error.code === 'reader.busy') throw error;
      steps.failed(error.code);
      return { code: error.code };
    });
    const { transport, address, model, driver, baudRate } = reader;
    return {
      transport,
      address,
      ...(model !== undefined && { model }),
      ...(driver !== undefined && { driver }),
      ...(baudRate !== undefined && { baudRate }),
      ...service.figures,
      statuses: [...service.statuses],
      ...test,
    };
  }

  /** A reader that never came into service, or was lost: what is known of it is its trouble. */
  #unserved(id: string, steps: Steps) {
    const listed: ListedReader | undefined = this.#options.fleet.readers.find((reader) => reader.id === id);
    if (listed?.transport === undefined) throw new StationError('reader.not-found');
    const { id: _id, state: _state, transport, address = '', ...about } = listed;
    steps.failed(listed.code ?? 'reader.not-found');
    return { transport, address, ...about, droppedBytes: 0, badChecks: 0, resends: 0, statuses: [] };
  }

  async #decoder(steps: Steps): Promise<PortraitDecoderState> {
    steps.note('portrait-decoder', { state: 'running' });
    const decoder = await this.#options.decoder.state();
    const { state, library, call, code } = decoder;
    const value = [library, call].filter(Boolean).join(' · ').slice(0, 120);
    const found: Found =
      state === 'ready' ? { state: 'ok', value } : { state: 'trouble', code: code ?? 'portrait.failed' };
    steps.note('portrait-decoder', found);
    return decoder;
  }
}
