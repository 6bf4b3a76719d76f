import { describe, expect, test } from 'vitest';
import type { OutboxItem } from '../store/outbox.ts';
import { isAlone, jobsOf, suspected } from './delivery-plan.ts';

const item = (position: number, change: Partial<OutboxItem> = {}): OutboxItem => ({
  recordId: `record-${position}`,
  position,
  projectCode: 'P1',
  teamName: '钢筋一班',
  workerName: `韦试样${position}`,
  idCardNumber: `45999919860409${position}`,
  state: 'sealed',
  attempts: 0,
  inDoubt: false,
  update: false,
  ...change,
});

const plan = (items: readonly OutboxItem[], largest = 5) =>
  jobsOf(items, 'P1', largest).map(({ kind, items: held }) => [kind, ...held.map(({ position }) => position)]);

describe('grouping', () => {
  test('fills requests of one team in the order of sealing', () => {
    const items = [1, 2, 3, 4, 5, 6, 7].map((position) => item(position));
    expect(plan(items)).toEqual([
      ['send', 1, 2, 3, 4, 5],
      ['send', 6, 7],
    ]);
  });

  test('never mixes teams, and lets the one with the oldest record go first', () => {
    const items = [1, 2, 3, 4, 5].map((position) =>
      item(position, { teamName: position % 2 === 0 ? '木工二班' : '钢筋一班' }),
    );
    expect(plan(items)).toEqual([
      ['send', 1, 3, 5],
      ['send', 2, 4],
    ]);
  });

  test('sends one at a time where the platform takes no more', () => {
    expect(plan([item(1), item(2)], 1)).toEqual([
      ['send', 1],
      ['send', 2],
    ]);
  });

  test('asks once for everybody who went in one request', () => {
    const accepted = { state: 'accepted', serial: 'S1' } as const;
    expect(plan([item(1, accepted), item(2, { ...accepted, serial: 'S2' }), item(3, accepted)])).toEqual([
      ['question', 1, 3],
      ['question', 2],
    ]);
  });

  test('an update, a suspect and a record of another project stay out of the others’ request', () => {
    const items = [
      item(1, { update: true }),
      item(2, { error: suspected }),
      item(3, { projectCode: 'P2' }),
      item(4),
      item(5, { projectCode: 'P2', state: 'accepted', serial: 'S1' }),
      item(6),
    ];
    expect(plan(items)).toEqual([
      ['send', 1],
      ['send', 2],
      ['elsewhere', 3, 5],
      ['send', 4, 6],
    ]);
  });
});

test.each([
  [{}, false],
  [{ inDoubt: true }, false],
  [{ error: { code: 'platform.unreachable' }, attempts: 40 }, false],
  [{ error: { code: 'platform.waiting' }, attempts: 40 }, false],
  [{ error: { code: 'platform.bad-answer' }, attempts: 2 }, false],
  [{ error: { code: 'platform.bad-answer' }, attempts: 3 }, true],
  [{ error: { code: 'platform.busy' }, attempts: 3 }, true],
  [{ error: { code: 'platform.failed-there', detail: '1' } }, true],
  [{ error: suspected }, true],
  [{ update: true }, true],
] as const)('%j goes alone: %s', (change, alone) => {
  expect(isAlone(item(1, change))).toBe(alone);
});
