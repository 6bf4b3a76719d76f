import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { nationalDialect } from './dialect.ts';
import type { Reply } from './envelope.ts';
import { readEnvelope, replyOf } from './envelope.ts';
import { createMask } from '../driver/masked-text.ts';

const mask = createMask('0123456789abcdef0123456789abcdef');

function readAll(text: string): Reply {
  const envelope = readEnvelope(text);
  if (envelope === undefined) throw new StationError('platform.bad-answer');
  return replyOf(envelope, mask, nationalDialect.resultCodes);
}

const answerOf = (code: string | number, message: unknown) => readAll(JSON.stringify({ code, message, data: null }));

function errorOf(code: string | number, message: unknown): StationError {
  try {
    answerOf(code, message);
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
  [-1, '系统异常', 'platform.bad-answer'],
  ['9999', '系统繁忙', 'platform.busy'],
  ['1086', '服务器内部错误', 'platform.bad-answer'],
] as const)('code %j with %j is %s', (code, message, expected) => {
  expect(errorOf(code, message).code).toBe(expected);
});

test.each([
  [-1, 'projectCode不能为空'],
  ['9999', '项目不存在'],
  ['1086', '人员错误'],
  [9999, '进场时间超时'],
  [-1, ''],
])('code %j with %j is about the content', (code, message) => {
  expect(answerOf(code, message)).toMatchObject({ state: 'refused', message });
});

test('carries the masked text, and the code where the text alone would not tell', () => {
  expect(answerOf(9999, '工人45999919000101101X的数据有误')).toMatchObject({
    text: '工人459999********101X的数据有误',
  });
  expect(answerOf('1086', '人员错误')).toMatchObject({ text: 'code 1086: 人员错误' });
  expect(answerOf(-1, null)).toMatchObject({ text: 'code -1' });
  expect(errorOf(-3, undefined).detail).toBe('code -3');
  expect(errorOf(-1, '系统异常，工人45999919000101101X').detail).toBe('系统异常，工人459999********101X');
});

test.each([
  ['{"code":0,"message":null,"data":{"a":1}}', { a: 1 }],
  ['{"code":"0","data":"{\\"a\\":1}","extra":[]}', { a: 1 }],
  ['{"code":" 0 ","message":{"x":1},"data":null}', null],
  ['"{\\"code\\":0,\\"data\\":[1]}"', [1]],
  ['{"code":0}', undefined],
])('takes %s', (text, data) => {
  expect(readAll(text)).toEqual({ state: 'accepted', data });
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
  expect(readAll(text)).toMatchObject({ state: 'refused', text: 'code -1' });
});
