import { expect, test } from 'vitest';
import type { Team } from '../contract/enrolment.ts';
import type { Connector } from '../platform/connector.ts';
import { TeamNumbers, type TeamStore } from './team-numbers.ts';

const team: Team = {
  id: '018f0000-0000-7000-8000-000000000001',
  projectCode: '450000202600000001',
  projectName: '示例项目',
  corpCode: '91450000MA00000001',
  corpName: '示例劳务公司',
  teamName: '示例班',
  workType: '020',
};

const emptyStore: TeamStore = {
  find: () => team,
  setSysNo: () => undefined,
  pendingSerial: () => undefined,
  setPendingSerial: () => undefined,
};

test('two requests at a time for workers of one team send the team once', async () => {
  const added = Promise.withResolvers<{ state: 'present'; teamSysNo: number }>();
  let adds = 0;
  const connector = {
    findTeam: () => Promise.resolve(undefined),
    addTeam: () => {
      adds += 1;
      return added.promise;
    },
  } as unknown as Connector;
  const numbers = new TeamNumbers(emptyStore, () => new Date(0));
  const both = [numbers.numberOf(team, connector), numbers.numberOf(team, connector)];
  added.resolve({ state: 'present', teamSysNo: 7 });
  expect(await Promise.all(both)).toEqual([7, 7]);
  expect(adds).toBe(1);
});
