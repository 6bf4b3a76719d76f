import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { builtInDialect } from '../driver/built-in-dialects.ts';
import { createMask } from '../driver/masked-text.ts';
import { readEnvelope, type Reply, replyOf } from './envelope.ts';

const secret = 'sandbox-device-secret';
const { resultCodes } = builtInDialect('guangxi-cwr', 'cwr');

function readAll(text: string): Reply {
  const envelope = readEnvelope(text);
  if (envelope === undefined) throw new StationError('platform.bad-answer');
  return replyOf(envelope, resultCodes, createMask(secret));
}

const answered = (answer: object) => readAll(JSON.stringify(answer));

const refusedWith = (code: string | number, detail_message = '') =>
  answered({ result: 'false', status: 200, code, message: '', detail_message, result_data: null });

function errorOf(code: string | number, text?: string): StationError {
  try {
    refusedWith(code, text);
  } catch (error) {
    if (error instanceof StationError) return error;
  }
  throw new Error('expected a StationError');
}

// Every documented code with what it means to the station.
test.each([
  ['24', 'platform.dialect-refused'],
  ['25', 'platform.sign-refused'],
  ['29', 'platform.no-permission'],
  ['30', 'platform.dialect-refused'],
  ['31', 'platform.clock-wrong'],
  ['32', 'platform.dialect-refused'],
  ['47', 'platform.dialect-refused'],
  ['501', 'platform.dialect-refused'],
  [31, 'platform.clock-wrong'],
])('%j means %s', (code, meaning) => {
  expect(errorOf(code).code).toBe(meaning);
});

test.each([
  ['40', 'emp_name不能为空', ['workerName']],
  ['41', 'id_validdate应为yyyy.MM.dd-yyyy.MM.dd', ['expiryDate']],
  ['43', 'facephoto图片不能大于50KB;emp_phone有误', ['issueCardPic', 'cellPhone']],
  ['43', '人脸照片不清晰', []],
  ['77', 'emp_new为空', ['emp_new']],
])('code %s says what is wrong with the record: %s', (code, text, fields) => {
  expect(refusedWith(code, text)).toMatchObject({ state: 'refused', fields, present: false });
});

test.each([
  ['设备未登记', 'platform.device-unknown'],
  ['client_serial无效', 'platform.device-unknown'],
  ['设备已停用', 'platform.device-unknown'],
  ['设备已绑定其他项目', 'platform.wrong-project'],
  ['访问过于频繁，请稍后再试', 'platform.busy'],
  ['Internal Error', 'platform.bad-answer'],
  ['系统异常', 'platform.bad-answer'],
])('the business error "%s" means %s', (text, meaning) => {
  expect(errorOf('43', text).code).toBe(meaning);
});

test.each([
  ['该人员已登记', true],
  ['班组已存在', true],
  ['employee already exists', true],
  ['该人员已在其他项目登记', false],
  ['手机号码已存在', false],
  ['emp_phone已注册', false],
])('"%s" says that it is there: %j', (text, present) => {
  expect(refusedWith('43', text)).toMatchObject({ state: 'refused', present });
});

test.each([
  [{ result: 'true', code: '00', result_data: { a: 1 } }],
  [{ result: true, code: '00', result_data: { a: 1 } }],
  [{ result: 1, code: 0, result_data: '{"a":1}' }],
  [{ result: 'True', code: '0', result_data: { a: 1 }, extra: [] }],
  [{ code: '00', result_data: { a: 1 } }],
  [{ result: 'true', result_data: { a: 1 } }],
])('takes %j for done', (answer) => {
  expect(answered(answer)).toEqual({ state: 'done', data: { a: 1 } });
});

test('does not believe an answer that contradicts itself', () => {
  expect(() => answered({ result: 'false', code: '00' })).toThrow(
    expect.objectContaining({ code: 'platform.bad-answer' }),
  );
});

test.each([['<html></html>'], ['{}'], ['null'], ['[]'], ['{"message":"ok"}'], ['']])('%s is no answer', (text) => {
  expect(readEnvelope(text)).toBeUndefined();
});

test('shows no number, picture or secret of a refusal', () => {
  const reply = refusedWith(
    '43',
    `韦试样（45999919900101001X）有误 ${secret} data:image/jpeg;base64,${'A'.repeat(60)}`,
  );
  if (reply.state !== 'refused') throw new Error('refused expected');
  for (const hidden of ['45999919900101001X', secret, 'AAAA']) expect(reply.text).not.toContain(hidden);
});

test('whatever comes in becomes a reply or a StationError', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      try {
        readAll(text);
      } catch (error) {
        expect(error).toBeInstanceOf(StationError);
      }
    }),
  );
});
