import { describe, expect, it } from 'vitest';
import { consentText, spokenConsent } from './consent-text.ts';

const names = { company: '示例建筑公司', project: '测试项目' };

describe('consentText', () => {
  it.each(['zh', 'en'] as const)('has version 1 in %s with every name filled in', (language) => {
    const text = consentText('1', language, names);
    const whole = text === undefined ? '' : spokenConsent(text);
    expect(whole).toContain(names.company);
    expect(whole).toContain(names.project);
    expect(whole).not.toMatch(/[{}]/);
  });

  it('tells the same points in both languages', () => {
    expect(consentText('1', 'zh', names)?.paragraphs).toHaveLength(
      consentText('1', 'en', names)?.paragraphs.length ?? 0,
    );
  });

  it('does not make up a version it does not have', () => {
    expect(consentText('2', 'zh', names)).toBeUndefined();
  });

  it('takes v1 for 1', () => {
    expect(consentText('v1', 'zh', names)).toEqual(consentText('1', 'zh', names));
  });
});
