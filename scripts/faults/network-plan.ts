import {
  type FaultSide,
  type NetworkFault,
  networkFaults,
  type PlannedFault,
} from '../../native-bridge/enrolment/fault-proxy.ts';
import type { SeededRandom } from '../fuzz/random.ts';

/** Everything that delivery asks of a platform. */
export const methods = [
  'Team.Query',
  'Team.Add',
  'ProjectWorker.Add',
  'ProjectWorker.Query',
  'ProjectWorker.Update',
  'AsyncHandleResult.Query',
] as const;
export type Method = (typeof methods)[number];

const sides: readonly FaultSide[] = ['before', 'after'];
const combinations: readonly PlannedFault[] = networkFaults.flatMap((fault) => sides.map((side) => ({ fault, side })));

const isMethod = (name: string): name is Method => methods.some((method) => method === name);

function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}

/** Which fault comes when: every combination of fault and side for every method, so many rounds of it. */
export class NetworkPlan {
  readonly #left: ReadonlyMap<Method, PlannedFault[]>;
  readonly #played = new Map<string, number>();
  #requests = 0;

  constructor(rounds: Readonly<Record<Method, number>>, random: SeededRandom) {
    const planned = (method: Method) =>
      Array.from({ length: rounds[method] }, () => shuffled(combinations, random)).flat();
    this.#left = new Map(methods.map((method) => [method, planned(method)]));
  }

  /** The fault of the next request with this method. */
  next(method: string): PlannedFault | undefined {
    this.#requests += 1;
    if (!isMethod(method)) return undefined;
    const planned = this.#left.get(method)?.shift();
    if (planned !== undefined) this.#count(method, planned);
    return planned;
  }

  get requests(): number {
    return this.#requests;
  }

  /** How often this fault was played on this side of this method. */
  played(method: Method, fault: NetworkFault, side: FaultSide): number {
    return this.#played.get(`${method} ${fault} ${side}`) ?? 0;
  }

  get total(): number {
    return [...this.#played.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Combinations that never came up. */
  missing(): string[] {
    return methods.flatMap((method) =>
      combinations
        .filter(({ fault, side }) => this.played(method, fault, side) === 0)
        .map(({ fault, side }) => `${method} ${fault} ${side}`),
    );
  }

  #count(method: Method, { fault, side }: PlannedFault): void {
    const key = `${method} ${fault} ${side}`;
    this.#played.set(key, (this.#played.get(key) ?? 0) + 1);
  }
}
