import type { CardFields } from '../contract/card.ts';

/**
 * Cards of the other kinds for tests. Nobody's: sequence 000 is never given out, and there is no area 4599.
 */
export const permitFields = {
  kind: 'residence-permit',
  name: '陈示例',
  sexCode: '2',
  birth: '1990-03-07',
  number: '810000199003070007',
  address: '示例省练习市样板区培训路1号',
  authority: '示例市公安局练习分局',
  travelPassNumber: 'H00000000',
  issueCount: '01',
  validFrom: '2024-03-01',
  validTo: { kind: 'date', date: '2029-03-01' },
} as const satisfies CardFields;

export const foreigner2017Fields = {
  kind: 'foreigner-2017',
  name: 'SAMPLE, TEST ANNA',
  chineseName: '',
  englishName: 'SAMPLE, TEST ANNA',
  sexCode: '2',
  birth: '1990-12-31',
  nationality: 'KAZ',
  number: 'KAZ459990123100',
  cardVersion: '01',
  acceptingAuthorityCode: '4599',
  validFrom: '2018-05-01',
  validTo: { kind: 'date', date: '2028-05-01' },
} as const satisfies CardFields;

export const foreigner2023Fields = {
  kind: 'foreigner-2023',
  name: '安娜',
  chineseName: '安娜',
  englishName: 'SAMPLE, TEST ANNA',
  sexCode: '2',
  birth: '1990-12-31',
  nationality: 'KAZ',
  number: '945398199012310004',
  renewals: '01',
  formerNumber: 'KAZ459990123100',
  validFrom: '2024-03-01',
  validTo: { kind: 'date', date: '2034-03-01' },
} as const satisfies CardFields;
