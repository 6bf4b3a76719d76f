import { z } from 'zod';
import { type firstRunCalls, type FirstRunStep, firstRunStepSchema } from '../contract/first-run.ts';
import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';
import type { Store } from '../store/open-store.ts';

const settingsKey = 'firstRun';
/** Without a step it is over. */
const placeSchema = z.object({ step: firstRunStepSchema.optional(), again: z.literal(true).optional() });

export interface FirstRunOptions {
  /** The file of real projects: what is set up is set up for them. */
  readonly store: Pick<Store, 'settings'>;
  /** Whether a person is there to be asked; a program that drives the station is not. */
  readonly isOffered: boolean;
  /** One that somebody has set up already, as stations of earlier versions. */
  readonly isSetUp: () => boolean;
  readonly onChanged: () => void;
}

/** Where the setting up of a new station is; it goes on there after whatever happens in the middle. */
export class FirstRun {
  readonly #options: FirstRunOptions;

  constructor(options: FirstRunOptions) {
    this.#options = options;
  }

  /** Undefined when there is nothing to be set up, or nobody to do it. */
  get step(): FirstRunStep | undefined {
    const { isOffered, isSetUp } = this.#options;
    const place = this.#place;
    if (place !== undefined) return place.step;
    return isOffered && !isSetUp() ? 'language' : undefined;
  }

  /** Whether this station had been set up when it began. */
  get isAgain(): boolean {
    return this.#place?.again === true;
  }

  go(step: FirstRunStep | undefined, again = this.isAgain): void {
    const place = step === undefined ? {} : { step, ...(again && { again: true as const }) };
    this.#options.store.settings.set(settingsKey, place);
    this.#options.onChanged();
  }

  get #place() {
    return this.#options.store.settings.get(settingsKey, placeSchema);
  }
}

export function newFirstRun(station: RunningStation, isOffered: boolean): FirstRun {
  return new FirstRun({
    store: station.parts.main,
    isOffered,
    isSetUp: () => station.accounts.hasAccounts || station.parts.practice === undefined,
    onChanged: () => station.publishStatus(),
  });
}

export function firstRunHandlers(firstRun: FirstRun): Pick<Handlers, keyof typeof firstRunCalls> {
  return {
    'first-run.go': async ({ step, again }) => {
      firstRun.go(step, again);
      return {};
    },
  };
}
