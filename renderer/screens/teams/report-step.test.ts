import { expect, it } from 'vitest';
import { exampleReports } from '../../client/example-teams.ts';
import { maySendNow, mayWithdraw, reportStepOf } from './report-step.ts';

it('says of each report what is to be done, and offers what the station would take', () => {
  const shown = exampleReports.map((report) => [
    reportStepOf(report).step,
    mayWithdraw(report) ? 'withdraw' : '',
    maySendNow(report) ? 'send' : '',
  ]);
  expect(shown).toEqual([
    ['waitsForWorker', 'withdraw', ''],
    ['refused', 'withdraw', 'send'],
    ['accepted', '', ''],
    ['confirmed', '', ''],
    ['platform.unreachable', '', 'send'],
    ['confirmed', '', ''],
  ]);
});

it('does not offer to send what waits for its worker, even after trouble', () => {
  const [waiting] = exampleReports;
  if (waiting === undefined) throw new Error('no example');
  expect(maySendNow({ ...waiting, error: { code: 'platform.unreachable' } })).toBe(false);
});
