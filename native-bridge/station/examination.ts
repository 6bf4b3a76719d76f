import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type DiagnosticStep,
  type DiagnosticStepName,
  diagnosticStepNames,
  type Examination,
} from '../contract/diagnostics-calls.ts';

export type Finding = Omit<DiagnosticStep, 'number' | 'step' | 'tookMs'>;

/** Takes one step; never rejects. */
export type Look = (step: DiagnosticStepName) => Promise<Finding>;

interface ExamineOptions {
  readonly signal?: AbortSignal;
  /** Before every step: what was found until then, and what is looked at now. */
  readonly onStep?: (steps: DiagnosticStep[], now: DiagnosticStepName) => void;
}

/** Takes the steps in their order, until `signal` ends it after the one under way. */
export async function examine(
  look: Look,
  { signal, onStep = () => undefined }: ExamineOptions = {},
): Promise<DiagnosticStep[]> {
  const steps: DiagnosticStep[] = [];
  for (const [index, step] of diagnosticStepNames.entries()) {
    // Most steps take no time at all: what was told of one, and a wish to end, are heard before the next.
    await nextTurn();
    if (signal?.aborted === true) break;
    onStep([...steps], step);
    const startedAt = performance.now();
    const finding = await look(step);
    steps.push({ number: index + 1, step, ...finding, tookMs: Math.round(performance.now() - startedAt) });
  }
  return steps;
}

/** The examination under way, which the screens follow and which the operator may give up. */
export class ExaminationDesk {
  readonly #look: Look;
  readonly #tell: (examination: Examination) => void;
  #running: Promise<Examination> | undefined;
  #stop = new AbortController();
  #now: Examination | undefined;

  constructor(look: Look, tell: (examination: Examination) => void) {
    this.#look = look;
    this.#tell = (now) => {
      this.#now = now;
      tell(now);
    };
  }

  /** The one under way, or the last one. */
  get now(): Examination | undefined {
    return this.#now;
  }

  /** Whoever asks while one is under way is answered with that one. */
  run(): Promise<Examination> {
    return (this.#running ??= this.#examine().finally(() => (this.#running = undefined)));
  }

  /** A step under way is looked at to its end: it changes nothing, and what it finds is worth knowing. */
  cancel(): void {
    this.#stop.abort();
  }

  async #examine(): Promise<Examination> {
    const { signal } = (this.#stop = new AbortController());
    const at = new Date().toISOString();
    const onStep = (steps: DiagnosticStep[], step: DiagnosticStepName) =>
      this.#tell({ at, steps, step, cancelled: false });
    const steps = await examine(this.#look, { signal, onStep });
    const examination = { at, steps, cancelled: steps.length < diagnosticStepNames.length };
    this.#tell(examination);
    return examination;
  }
}
