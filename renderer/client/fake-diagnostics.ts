import {
  type DiagnosticStep,
  type DiagnosticStepName,
  diagnosticStepNames,
  type diagnosticsCalls,
  type Examination,
} from '../../native-bridge/contract/diagnostics-calls.ts';
import { type SelfTestStep, type SelfTestStepName, selfTestStepNames } from '../../native-bridge/contract/reader.ts';
import type { Argument, CallName, EventName, Payload, Result } from '../../native-bridge/contract/station.ts';
import { exampleReaders, exampleSelfTest } from './example-readers.ts';

type Calls = Extract<
  CallName,
  keyof typeof diagnosticsCalls | 'reader.self-test' | 'reader.self-tests' | 'reader.cancel-self-test'
>;
type Handlers = { readonly [N in Calls]: (argument: Argument<N>) => Result<N> | Promise<Result<N>> };
type Emit = <N extends EventName>(name: N, payload: Payload<N>) => void;

/** What is not simply in order. */
const findings: Partial<Record<DiagnosticStepName, Omit<DiagnosticStep, 'number' | 'step' | 'tookMs'>>> = {
  disk: { state: 'ok', fact: { kind: 'free-space', gigabytes: 81.2 } },
  'key-store': { state: 'ok', fact: { kind: 'key-store', now: 'dpapi' } },
  'recovery-key': { state: 'warning' },
  backups: { state: 'ok', fact: { kind: 'backup-age', hours: 3 } },
  readers: {
    state: 'ok',
    fact: {
      kind: 'readers',
      readers: [
        { transport: 'serial', state: 'ready' },
        { transport: 'usb', state: 'ready' },
        { transport: 'serial', state: 'trouble' },
      ],
    },
  },
  'portrait-decoder': { state: 'warning', error: { code: 'portrait.no-decoder' } },
  clock: { state: 'ok', fact: { kind: 'clock-difference', seconds: 2 } },
  printer: { state: 'skipped' },
  platform: { state: 'trouble', error: { code: 'platform.unreachable' } },
};

const examined = (): DiagnosticStep[] =>
  diagnosticStepNames.map((step, index) => ({
    ...{ number: index + 1, step, state: 'ok', tookMs: step === 'portrait-decoder' ? 2840 : 3 },
    ...findings[step],
  }));

/** The steps of a self-test, of which those before `now` are done. */
const tested = (now: SelfTestStepName): SelfTestStep[] =>
  selfTestStepNames.map((step, index) => {
    const done = index < selfTestStepNames.indexOf(now);
    const found = { state: 'ok', value: '90' } as const;
    return { number: index + 1, step, ...(done ? found : { state: step === now ? 'running' : 'waiting' }) };
  });

/** As it stands where the scripted station holds it. */
const heldExamination = (): Examination => ({
  at: new Date().toISOString(),
  steps: examined().slice(0, diagnosticStepNames.indexOf('portrait-decoder')),
  step: 'portrait-decoder',
  cancelled: false,
});

const heldTest = () =>
  tested('round-trip').map((step) => (step.state === 'running' ? { ...step, value: '3/5' } : step));

/** The scripted station's examinations of itself and of its readers. */
export class FakeDiagnostics {
  /** They stay where they are until they are cancelled. */
  isHeld = false;
  /** A page that has loaded anew finds both under way. */
  isLeft = false;
  readonly #emit: Emit;
  #letGo: () => void = () => undefined;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  readonly handlers: Handlers = {
    'diagnostics.state': () => ({ ...(this.isLeft && { examination: heldExamination() }) }),
    'diagnostics.examine': () => this.#examine(),
    'diagnostics.cancel': () => {
      if (this.isLeft) this.#emit('diagnostics.changed', { ...heldExamination(), step: undefined, cancelled: true });
      return this.#end();
    },
    'diagnostics.bundle': () => ({ name: 'enrol-desk-support.json', text: '{}' }),
    'reader.self-tests': () => ({ tests: this.isLeft ? [{ id: exampleReaders[0]?.id ?? '', steps: heldTest() }] : [] }),
    'reader.self-test': ({ id }) => this.#test(id),
    'reader.cancel-self-test': ({ id }) => {
      if (this.isLeft) this.#emit('reader.self-test-changed', { id, steps: [] });
      return this.#end();
    },
  };

  #end() {
    this.#letGo();
    return {};
  }

  readonly #cancelled = () => new Promise<void>((resolve) => (this.#letGo = resolve));

  async #examine(): Promise<Examination> {
    const [at, steps] = [new Date().toISOString(), examined()];
    const now = diagnosticStepNames.indexOf('portrait-decoder');
    const upToNow = { at, steps: this.isHeld ? steps.slice(0, now) : steps };
    if (this.isHeld) {
      this.#emit('diagnostics.changed', { ...upToNow, step: 'portrait-decoder', cancelled: false });
      await this.#cancelled();
    }
    const ended = { ...upToNow, cancelled: this.isHeld };
    this.#emit('diagnostics.changed', { ...ended, step: undefined });
    return ended;
  }

  async #test(id: string): Promise<Result<'reader.self-test'>> {
    const report = exampleSelfTest();
    if (!this.isHeld) return report;
    const steps = heldTest();
    this.#emit('reader.self-test-changed', { id, steps });
    await this.#cancelled();
    const { portraitDecoder: _decoder, samStatus: _status, roundTripMs: _median, ...rest } = report;
    const left = steps.map(({ value, ...step }) =>
      step.state === 'ok' ? { ...step, ...(value !== undefined && { value }) } : { ...step, state: 'skipped' as const },
    );
    this.#emit('reader.self-test-changed', { id, steps: left });
    return { ...rest, steps: left, cancelled: true };
  }
}
