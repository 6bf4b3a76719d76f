import { expect, test } from 'vitest';
import { runNetworkFaults } from './network.ts';

test.each(['refuseAll', 'addOthers'] as const)(
  'every fault of every request loses nobody and registers nobody twice, when duplicates are met with %s',
  async (onDuplicate) => {
    const figures = await runNetworkFaults({ records: 110, seed: 3, onDuplicate });
    expect(figures).toMatchObject({ confirmed: 110, lost: 0, twice: 0, stale: 0, blamed: 0, teamsTwice: 0 });
    expect(figures.missing).toEqual([]);
    expect(figures.portalVisits).toBe(0);
  },
  120_000,
);
