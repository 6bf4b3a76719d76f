import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { acceptedData, readEnvelope } from './envelope.ts';
import { createMask } from './masked-text.ts';

const mask = createMask('0123456789abcdef0123456789abcdef');

function readAll(text: string): unknown {
  const envelope = readEnvelope(text);
  if (envelope === undefined) throw new StationError('platform.bad-answer');
  return acceptedData(envelope, mask);
}

function errorOf(code: string | number, message: unknown): StationError {
  try {
    readAll(JSON.stringify({ code, message, data: null }));
  } catch (error) {
    if (error instanceof StationError) return error;
  }
  throw new Error('expected a StationError');
}

test.each([
  [-2, '签名错误', 'platform.sign-refused'],
  ['-2', null, 'platform.sign-refused'],
  [-3, '无权限', 'platform.no-permission'],
  ['-4', 'IP不允许', 'platform.address-not-allowed'],
  [-5, '超过访问限制', 'platform.busy'],
  [9999, '操作过于频繁，请稍后再试', 'platform.busy'],
  [429, '', 'platform.busy'],
  [9999, 'Internal Error', 'platform.bad-answer'],
  [502, 'Bad Gateway', 'platform.bad-answer'],
  [-1, '无效的appid', 'platform.no-permission'],
  [-1, 'timestamp已过期', 'platform.sign-refused'],
  [-1, 'projectCode不能为空', 'platform.record-refused'],
  ['9999', '项目不存在', 'platform.record-refused'],
  ['1086', '人员错误', 'platform.record-refused'],
] as const)('code %j with %j is %s', (code, message, expected) => {
  expect(errorOf(code, message).code).toBe(expected);
});

test('carries the masked text, and the code where the text alone would not tell', () => {
  expect(errorOf(9999, '工人45999919000101101X的数据有误').detail).toBe('工人459999********101X的数据有误');
  expect(errorOf('1086', '人员错误').detail).toBe('code 1086: 人员错误');
  expect(errorOf(-3, undefined).detail).toBe('code -3');
});

test.each([
  ['{"code":0,"message":null,"data":{"a":1}}', { a: 1 }],
  ['{"code":"0","data":"{\\"a\\":1}","extra":[]}', { a: 1 }],
  ['{"code":" 0 ","message":{"x":1},"data":null}', null],
  ['"{\\"code\\":0,\\"data\\":[1]}"', [1]],
  ['{"code":0}', undefined],
])('takes %s', (text, data) => {
  expect(readAll(text)).toEqual(data);
});

test.each(['', '<!DOCTYPE html><html></html>', 'null', '[]', '{}', '{"code":null}', '{"code":true}', '{"code":0'])(
  'sees that %j is not the platform',
  (text) => {
    expect(readEnvelope(text)).toBeUndefined();
  },
);

const envelopeLike = fc.record(
  { code: fc.jsonValue(), message: fc.jsonValue(), data: fc.jsonValue() },
  { requiredKeys: [] },
);

test('fails with nothing but a StationError, whatever JSON comes in', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        envelopeLike.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        try {
          readAll(text);
        } catch (error) {
          expect(error).toBeInstanceOf(StationError);
        }
      },
    ),
  );
});

test('survives a message nested a hundred thousand deep', () => {
  const depth = 100_000;
  const text = `{"code":-1,"message":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(() => readAll(text)).toThrow(StationError);
});
