import type { CardReading, Finding } from '../../native-bridge/contract/card.ts';

const ok = (code: Finding['code']): Finding => ({ code, level: 'ok' });

const numberOf2017 = [ok('number-check-digit'), ok('birth-against-number')];
const inOrder = [...numberOf2017, ok('sex-against-number'), ok('validity'), ok('age'), ok('private-use-character')];

const holder = {
  sexCode: '2',
  birth: '1990-12-31',
  validFrom: '2024-03-01',
  validTo: { kind: 'date', date: '2034-03-01' },
} as const;

const kazakhstan = { code: 'KAZ', level: 'country', name: '哈萨克斯坦', abolished: false } as const;

/** A person with much to say: every line of the findings at once. */
const unusual: Partial<CardReading> = {
  fields: {
    kind: 'mainland',
    ...holder,
    name: '石\u{E863}例',
    ethnicCode: '77',
    address: '广西测试县样本镇示例村七组 12 号附 3 号',
    number: '459999199012310022',
    authority: '测试县公安局',
  },
  ageYears: 35,
  findings: [
    ok('number-check-digit'),
    ok('birth-against-number'),
    ok('sex-against-number'),
    ok('validity'),
    ok('age'),
    { code: 'division', level: 'warn', reason: 'not-used-at-birth' },
    { code: 'ethnic-group', level: 'warn', reason: 'unknown-code' },
    { code: 'private-use-character', level: 'warn', reason: 'in-name' },
  ],
  fingerprints: [
    { position: 11, registration: 'registered' },
    { position: 16, registration: 'registered' },
  ],
};

/** Readings of the cards that are no ordinary ones; everybody on them is invented. */
export const otherCards: Readonly<Record<string, Partial<CardReading>>> = {
  unusual,
  permit: {
    fields: {
      kind: 'residence-permit',
      ...holder,
      name: '陈居住',
      number: '810000199012310002',
      address: '示例省练习市样板区培训路 1 号 3 栋 502 室',
      authority: '示例市公安局练习分局',
      travelPassNumber: 'H00000000',
      issueCount: '01',
    },
    nativePlace: { code: '810000', level: 'province', name: '香港特别行政区', abolished: false },
    ageYears: 35,
    findings: inOrder,
  },
  'foreigner-2017': {
    fields: {
      kind: 'foreigner-2017',
      ...holder,
      name: 'PRACTICE, SAMPLE TEST',
      chineseName: '',
      englishName: 'PRACTICE, SAMPLE TEST',
      nationality: 'KAZ',
      number: 'KAZ459990123100',
      cardVersion: '01',
      acceptingAuthorityCode: '4599',
    },
    nativePlace: kazakhstan,
    ageYears: 35,
    findings: [...numberOf2017, ok('validity'), ok('age'), ok('private-use-character')],
  },
  'foreigner-2023': {
    fields: {
      kind: 'foreigner-2023',
      ...holder,
      name: '安样本',
      chineseName: '安样本',
      englishName: 'PRACTICE, ANNA-MARIA ALEXANDRA SAMPLE TEST',
      nationality: 'KAZ',
      number: '945398199012310004',
      renewals: '01',
      formerNumber: 'KAZ459990123100',
    },
    nativePlace: kazakhstan,
    ageYears: 35,
    findings: inOrder,
    fingerprints: [{ position: 12, registration: 'registered' }],
  },
};
