import { expect, test } from 'vitest';
import { nationalDialect, readDialect } from './dialect.ts';

test('the national dialect has the interface standard in it', () => {
  expect(nationalDialect.imagePrefix).toBe('data:image/jpeg;base64,');
  expect(nationalDialect.longTermExpiryDate).toBe('2099-12-31');
  expect(nationalDialect.limits).toMatchObject({ imageCharacters: 51_200, workersPerCall: 5, queryPageSize: 50 });
  expect(nationalDialect.pictures).toEqual({ headImage: 'chip-portrait', issueCardPic: 'enrolment-photo' });
  // 37 trades of the 2018 table and the two later ones; 260 and 370 were never given.
  expect(new Set(nationalDialect.codes.workType).size).toBe(39);
  expect(nationalDialect.codes.workType).not.toContain('260');
  expect(nationalDialect.codes.workType).not.toContain('370');
});

test('a data file with a wrong or unknown entry is refused by the name of the entry', () => {
  const wrong = { ...nationalDialect, limits: { ...nationalDialect.limits, imageCharacters: '50 KB' } };
  expect(() => readDialect(wrong)).toThrow(
    expect.objectContaining({ code: 'platform.not-configured', detail: 'dialect: limits.imageCharacters' }),
  );
  expect(() => readDialect({ ...nationalDialect, imagePreffix: '' })).toThrow(
    expect.objectContaining({ code: 'platform.not-configured' }),
  );
});
