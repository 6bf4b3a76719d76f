import { describe, expect, it } from 'vitest';
import { FaultPlan } from './module-fault.ts';

/** What the plan forces on a row of commands; `-` where it lets one pass. */
const forced = (plan: FaultPlan, ...commands: Parameters<FaultPlan['take']>[0][]) =>
  commands.map((command) => plan.take(command)?.toString(16) ?? '-').join(' ');

function planned(fault: Parameters<FaultPlan['set']>[0]): FaultPlan {
  const plan = new FaultPlan();
  plan.set(fault);
  return plan;
}

describe('a forced status', () => {
  it('comes once, at the next command', () => {
    expect(forced(planned({ next: 0x41 }), 'status', 'find')).toBe('41 -');
  });

  it('lasts when it is to', () => {
    expect(forced(planned({ next: 0x24, times: 'always' }), 'status', 'find', 'select')).toBe('24 24 24');
  });

  it('comes so many times, after so many of the commands it is meant for', () => {
    const plan = planned({ next: 0x10, on: 'find', after: 1, times: 2 });
    expect(forced(plan, 'find', 'status', 'find', 'select', 'find', 'find')).toBe('- - 10 - 10 -');
  });

  it('goes away with the next fault that is set', () => {
    const plan = planned({ next: 0x10, times: 'always' });
    plan.set({});
    expect(forced(plan, 'find')).toBe('-');
  });
});
