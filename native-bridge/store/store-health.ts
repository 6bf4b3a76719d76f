import { StationError } from '../contract/errors.ts';

/** Whether the file was found damaged while it was in use. It stays so until the file is opened anew. */
export interface StoreHealth {
  trouble(): StationError | undefined;
  /** Notes damage; only the first counts. */
  report(damage: StationError): void;
  onTrouble(listener: (damage: StationError) => void): void;
  /** Throws the damage: what is new must not be entrusted to a damaged file. What is there can still be sent. */
  demandSound(): void;
}

export function createHealth(): StoreHealth {
  let trouble: StationError | undefined;
  const listeners: ((damage: StationError) => void)[] = [];
  return {
    trouble: () => trouble,
    report: (damage) => {
      if (trouble !== undefined) return;
      trouble = damage;
      for (const listener of listeners) listener(damage);
    },
    onTrouble: (listener) => void listeners.push(listener),
    demandSound: () => {
      if (trouble !== undefined) throw new StationError(trouble.code, trouble.detail, { cause: trouble });
    },
  };
}
