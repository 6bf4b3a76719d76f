import { describe, expect, it } from 'vitest';
import { faultOf, fieldsOf, normalised, type TextFieldName, textsOf } from './field-values.ts';

describe('normalised', () => {
  it.each<[TextFieldName, string, string]>([
    ['cellPhone', ' 138 0000 0000 ', '13800000000'],
    ['cellPhone', '１３８００００００００', '13800000000'],
    ['cellPhone', '0771－5550000', '0771-5550000'],
    ['payRollBankCardNumber', '6222 0000 0000 0000 000', '6222000000000000000'],
    ['payRollBankCardNumber', ';6222000000000000000=30121010000012345678?', '6222000000000000000'],
    ['payRollBankCardNumber', '；6222000000000000000＝30121010000012345678？', '6222000000000000000'],
    [
      'payRollBankCardNumber',
      '%B6222000000000000000^SHI LI/QIN^3012?;6222000000000000000=3012?',
      '6222000000000000000',
    ],
    ['payRollBankCardNumber', '%B6222000000000000000^SHI LI/QIN^3012?', '6222000000000000000'],
    ['urgentLinkMan', ' 覃 示例 ', '覃 示例'],
  ])('%s %j', (name, typed, text) => expect(normalised(name, typed)).toBe(text));
});

describe('faultOf', () => {
  it.each<[TextFieldName, string, string | undefined]>([
    ['cellPhone', '138 0000 0000', undefined],
    ['cellPhone', '1380000', 'invalidPhone'],
    ['cellPhone', '0771-5550000', undefined],
    ['cellPhone', '', undefined],
    ['payRollBankCardNumber', '622200000000', undefined],
    ['payRollBankCardNumber', '62220000000', 'invalidBankCard'],
    ['urgentLinkMan', '覃'.repeat(51), 'invalidName'],
    ['workType', '1000', undefined],
    ['workType', '钢筋工', 'invalidCode'],
  ])('%s %j', (name, typed, fault) => expect(faultOf(name, typed)).toBe(fault));
});

describe('fieldsOf', () => {
  it('keeps what is right and empties what is empty or wrong', () => {
    const texts = { ...textsOf({ workType: '020' }), cellPhone: '138', urgentLinkMan: ' 覃示例 ', isTeamLeader: true };
    const fields = fieldsOf(texts);
    expect(fields).toEqual({ workType: '020', urgentLinkMan: '覃示例', isTeamLeader: true });
    expect(Object.keys(fields)).toContain('cellPhone');
  });

  it('gives back what it was made from', () => {
    const fields = {
      workType: '020',
      cellPhone: '13800000000',
      cultureLevelType: '02',
      politicsType: '13',
      isTeamLeader: false,
    };
    expect(fieldsOf(textsOf(fields))).toEqual(fields);
  });
});
