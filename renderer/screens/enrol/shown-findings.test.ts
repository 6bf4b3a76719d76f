import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../native-bridge/contract/card.ts';
import { blockingAge, shownFindings } from './shown-findings.ts';

const ok = (code: Finding['code']): Finding => ({ code, level: 'ok' });
const numberOk = [ok('number-check-digit'), ok('birth-against-number'), ok('sex-against-number')];
const codes = (findings: readonly Finding[]) => shownFindings(findings).map(({ code }) => code);

describe('shownFindings', () => {
  it('says in one line that the number is consistent', () => {
    expect(codes([...numberOk, ok('validity')])).toEqual(['number-consistent', 'validity']);
  });

  it('does not speak of the sex where the number does not tell it', () => {
    expect(codes(numberOk.slice(0, 2))).toEqual(['number-and-birth-consistent']);
  });

  it('names each number check when one of them is not in order', () => {
    const wrong: Finding = { code: 'sex-against-number', level: 'warn' };
    expect(codes([ok('number-check-digit'), ok('birth-against-number'), wrong])).toEqual([
      'sex-against-number',
      'number-check-digit',
      'birth-against-number',
    ]);
  });

  it('puts the gravest first', () => {
    const findings: Finding[] = [ok('validity'), { code: 'division', level: 'warn' }, { code: 'age', level: 'block' }];
    expect(codes(findings)).toEqual(['age', 'division', 'validity']);
  });

  it('keeps quiet about division, ethnic group and characters in order', () => {
    expect(codes([ok('division'), ok('ethnic-group'), ok('private-use-character')])).toEqual([]);
    const unknown: Finding = { code: 'ethnic-group', level: 'warn', reason: 'unknown-code' };
    expect(codes([unknown])).toEqual(['ethnic-group']);
  });
});

describe('blockingAge', () => {
  it('is told by a blocking age only, and not by one that a certificate lets through', () => {
    const block = { code: 'age', level: 'block', reason: 'over-block', years: 60 } as const;
    expect(blockingAge([block])).toBe(block);
    expect(
      blockingAge([
        { code: 'age', level: 'warn' },
        { code: 'validity', level: 'block' },
      ]),
    ).toBeUndefined();
    expect(blockingAge([{ ...block, reason: 'needs-certificate' }])).toBeUndefined();
  });
});
