import { describe, expect, it } from 'vitest';
import { homeOfHolder } from './home-of-holder.ts';
import { identityDocument } from './identity-document.ts';
import { foreigner2017Fields, foreigner2023Fields, permitFields } from './sample-cards.ts';
import { completeDraft, testCard, testFields } from './test-draft.ts';
import { workerUpload } from './worker-upload.ts';

// Codes from the interface standard's table of identity documents (人员证件类型).
describe("a card in the interface's terms", () => {
  it('is a resident identity card with all its fields', () => {
    expect(identityDocument(testFields)).toEqual({
      idCardType: '01',
      nation: '壮',
      address: testFields.address,
      grantOrg: testFields.authority,
    });
  });

  it('names a group that the table lacks as "other"', () => {
    const { ethnicGroup: _, ...unnamed } = testFields;
    expect(identityDocument(unnamed).nation).toBe('其他');
  });

  it('is another document for a residence permit, with the permit’s address and authority', () => {
    expect(identityDocument(permitFields)).toEqual({
      idCardType: '99',
      nation: '其他',
      address: permitFields.address,
      grantOrg: permitFields.authority,
    });
  });

  it.each([foreigner2017Fields, foreigner2023Fields])("is a foreigner's document: $kind", (fields) => {
    expect(identityDocument(fields)).toEqual({
      idCardType: '20',
      nation: '其他',
      address: '证件无此项',
      grantOrg: '证件无此项',
    });
  });

  it('goes up with its own name and number', () => {
    const card = { ...testCard(), fields: foreigner2017Fields };
    const pictures = { portrait: new Uint8Array(1), photo: new Uint8Array(1) };
    expect(workerUpload({ ...completeDraft(), card }, 7, pictures)).toMatchObject({
      workerName: 'SAMPLE, TEST ANNA',
      idCardType: '20',
      idCardNumber: 'KAZ459990123100',
      startDate: '2018-05-01',
      expiryDate: '2028-05-01',
    });
  });
});

describe('where the holder comes from', () => {
  it.each([
    ['810000199003070007', '香港特别行政区'],
    ['820000199003070002', '澳门特别行政区'],
    ['830000199003070000', '台湾省'],
  ])('is told by the first digits of a permit: %s', (number, name) => {
    expect(homeOfHolder({ ...permitFields, number })).toEqual({
      code: number.slice(0, 6),
      level: 'province',
      name,
      abolished: false,
    });
  });

  it('is unknown for a permit with another number', () => {
    const unknown = { level: 'unknown', name: '', abolished: false };
    expect(homeOfHolder({ ...permitFields, number: '459999199003070007' })).toEqual({ code: '459999', ...unknown });
    expect(homeOfHolder({ ...permitFields, number: '?' })).toEqual({ code: '000000', ...unknown });
  });

  it('is the country of a foreigner, also when no table names it', () => {
    const country = { level: 'country', name: '哈萨克斯坦', abolished: false };
    expect(homeOfHolder(foreigner2017Fields)).toEqual({ code: 'KAZ', ...country });
    expect(homeOfHolder({ ...foreigner2023Fields, nationality: 'XXA' })).toMatchObject({
      level: 'unknown',
      code: 'XXA',
    });
  });
});
