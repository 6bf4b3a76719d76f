import { z } from 'zod';
import type { BlackListAnswer } from '../contract/enrolment.ts';
import { asStationError, type StationError } from '../contract/errors.ts';
import { type BlackListRule, blackListRuleSchema, type peopleRuleCalls } from '../contract/people-rule-calls.ts';
import type { BusinessConnector, QueryRow } from '../platform/business.ts';
import { createMask } from '../platform/driver/masked-text.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Store } from '../store/open-store.ts';
import type { RunningStation } from './running-station.ts';
import { isSignatureRequired, requireSignature } from './signature-rule.ts';

export interface BlackListDeskOptions {
  readonly store: Pick<Store, 'settings' | 'audit'>;
  /** What asks the platform; undefined where it has no such thing, and without a connection. */
  readonly business: Pick<BusinessConnector, 'offers' | 'query'> | undefined;
  readonly operator: () => string;
  readonly now: () => Date;
  readonly onAnswer: (number: string, answer: BlackListAnswer) => void;
  /** The answer could not be kept. */
  readonly onTrouble: (error: StationError) => void;
}

const ruleKey = 'people.black-list';
const keptSchema = z.object({ rule: blackListRuleSchema });

const residentCard = '01';

const mask = createMask('');

/** The platform's own words about a listing, whatever it calls the field. */
function reasonIn(row: QueryRow | undefined): string | undefined {
  const told = ['reason', 'blackReason', 'description', 'remark', 'content'].map((name) => row?.[name]);
  const words = told.find((text) => text !== undefined);
  return words === undefined ? undefined : mask(words).slice(0, 200);
}

/** Asks the platform's black list about whoever has consented, beside everything else; nothing waits for it. */
export class BlackListDesk {
  readonly #options: BlackListDeskOptions;
  #asking: Promise<void> = Promise.resolve();

  constructor(options: BlackListDeskOptions) {
    this.#options = options;
  }

  get rule(): BlackListRule {
    return this.#options.store.settings.get(ruleKey, keptSchema)?.rule ?? 'warn';
  }

  get offered(): boolean {
    return this.#options.business?.offers.asks.has('person-black-list') ?? false;
  }

  configure(rule: BlackListRule): void {
    const { store, operator } = this.#options;
    store.settings.set(ruleKey, { rule });
    store.audit.append({ action: 'black-list.configured', subject: 'station', actor: operator(), detail: { rule } });
  }

  /** Begins to ask; the answer comes by `onAnswer`. Not asked where the project or the platform does not want it. */
  ask(number: string): void {
    if (this.rule === 'off' || !this.offered) return;
    const answered = this.#answer(number).catch((cause: unknown) => this.#options.onTrouble(asStationError(cause)));
    this.#asking = Promise.all([this.#asking, answered]).then(() => undefined);
  }

  /** Resolves when nothing is being asked any more. */
  settled(): Promise<void> {
    return this.#asking;
  }

  async #answer(number: string): Promise<void> {
    const { now, onAnswer } = this.#options;
    const answer = await this.#asked(number);
    onAnswer(number, { ...answer, askedAt: now().toISOString(), blocks: this.rule === 'block' });
  }

  async #asked(idCardNumber: string): Promise<Pick<BlackListAnswer, 'state' | 'reason' | 'error'>> {
    try {
      const filter = { idCardType: residentCard, idCardNumber };
      const rows = (await this.#options.business?.query('person-black-list', filter)) ?? [];
      if (rows.length === 0) return { state: 'clear' };
      const reason = reasonIn(rows[0]);
      return { state: 'listed', ...(reason !== undefined && { reason }) };
    } catch (cause) {
      return { state: 'unknown', error: { code: asStationError(cause).code } };
    }
  }
}

export type PeopleRuleHandlers = Pick<Handlers, keyof typeof peopleRuleCalls>;

/** The calls about rules of people other than their ages. */
export function peopleRuleHandlers(station: RunningStation): PeopleRuleHandlers {
  const { blackList: desk, operator } = station;
  const { store } = station.parts;
  const shown = () => ({
    blackList: desk.rule,
    offered: desk.offered,
    signatureRequired: isSignatureRequired(store),
  });
  return {
    'settings.people-rules': async () => shown(),
    'settings.set-people-rules': async ({ blackList, signatureRequired }) => {
      if (blackList !== undefined) desk.configure(blackList);
      if (signatureRequired !== undefined) requireSignature(store, signatureRequired, operator());
      station.publishStatus();
      return shown();
    },
  };
}
