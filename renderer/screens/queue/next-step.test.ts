import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from '../../../native-bridge/contract/errors.ts';
import { zhCN } from '../../i18n/zh-CN.ts';
import { mayRetry, nextStepOf } from './next-step.ts';

const error = (code: ErrorCode) => ({ error: { code } });

describe('nextStepOf', () => {
  it.each([
    [{ state: 'sealed' as const }, 'waiting'],
    [{ state: 'sealed' as const, ...error('platform.unreachable') }, 'platform.unreachable'],
    [{ state: 'needs-attention' as const, ...error('platform.record-refused') }, 'platform.record-refused'],
    [{ state: 'needs-attention' as const, ...error('internal') }, 'other'],
    [{ state: 'needs-attention' as const }, 'other'],
    [{ state: 'confirmed' as const, ...error('platform.busy') }, 'confirmed'],
    [{ state: 'withdrawn' as const }, 'withdrawn'],
    [{ state: 'superseded' as const, ...error('platform.record-refused') }, 'superseded'],
    [{ state: 'handed-over' as const }, 'handed-over'],
  ])('%o', (record, step) => expect(nextStepOf(record)).toBe(step));

  it.each(['idCardType', 'workerName, idCardType', 'headImage idCardType'])(
    'names a document not taken: %s',
    (detail) => {
      const refused = { code: 'platform.record-refused', detail } as const;
      expect(nextStepOf({ state: 'needs-attention', error: refused })).toBe('document');
      expect(nextStepOf({ state: 'needs-attention', error: { ...refused, detail: 'idCardNumber' } })).toBe(
        'platform.record-refused',
      );
    },
  );

  it('has a sentence for every trouble with the platform', () => {
    const platform = errorCodes.filter((code) => code.startsWith('platform.'));
    for (const code of platform) expect(Object.keys(zhCN.nextStep)).toContain(code);
  });
});

describe('mayRetry', () => {
  it.each([
    ['needs-attention', 1, true],
    ['sealed', 0, false],
    ['sealed', 2, true],
    ['sending', 2, false],
    ['confirmed', 1, false],
    ['withdrawn', 2, false],
    ['superseded', 2, false],
  ] as const)('%s after %i tries: %s', (state, attempts, may) => expect(mayRetry({ state, attempts })).toBe(may));
});
