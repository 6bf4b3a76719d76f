import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFieldCipher } from '../national/field-cipher.ts';
import { createMask } from './masked-text.ts';

const secret = 'Secret89abcdef0123456789abcdef.+';
const mask = createMask(secret);

test.each([
  ['工人韦试样(45999919000101101X)已存在', '工人韦试样(459999********101X)已存在'],
  ['工人459999190001011015已存在', '工人459999********1015已存在'],
  ['旧证459999000101101', '旧证459999*****1101'],
  ['卡号6222000000000000019，', '卡号622200*********0019，'],
  ['卡号6222 0000 0000 0000 019', '卡号622200*********0019'],
  ['459999-19000101-101x', '459999********101x'],
  ['４５９９９９１９０００１０１１０１Ｘ', '４５９９９９********１０１Ｘ'],
  ['电话13800000000', '电话138****0000'],
])('hides the middle of %s', (text, expected) => {
  expect(mask(text)).toBe(expected);
});

test.each([
  '班组1234567890已存在',
  '[workerList][0][headImage]大小超过50KB',
  '时间2024-01-01 12:00:00晚于当前时间',
  'IP 192.0.2.255 不在白名单',
  'responsiblePersonIDCardType',
])('leaves %s as it is', (text) => {
  expect(mask(text)).toBe(text);
});

test.each([
  ['[headImage]data:image/jpeg;base64,/9j/4AAQ 格式错误', '[headImage][…] 格式错误'],
  ['值\\/9j\\/4AAQSkZJRgABAQ错误', '值[…]错误'],
  [`x ${'QUJD'.repeat(30)} y`, 'x […] y'],
  ['N7wJgjwsk%2FH5vA4dlVpH3xFZbVzoi682eJ9iFPhfb3Q%3D', '[…]'],
])('hides pictures and ciphertext in %s', (text, expected) => {
  expect(mask(text)).toBe(expected);
});

test('hides the secret in every case', () => {
  expect(mask(`appsecret=${secret.toLowerCase()}!`)).toBe('appsecret=[…]!');
});

test('cuts after hiding, so that no number is cut open', () => {
  const masked = mask(`${'。'.repeat(490)}459999190001011015`);
  expect(masked).toBe(`${'。'.repeat(490)}459999****`);
});

const digits = (minimum: number, maximum: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: minimum, maxLength: maximum });

test('no text around a number brings it through, plain or encrypted', () => {
  const cipher = createFieldCipher('0123456789abcdef0123456789abcdef');
  fc.assert(
    fc.property(fc.string(), digits(12, 30), fc.string(), (before, number, after) => {
      expect(mask(before + number + after)).not.toContain(number);
      const encrypted = cipher.encrypt(number);
      expect(mask(`${before} ${encrypted} ${after}`)).not.toContain(encrypted);
    }),
  );
});
