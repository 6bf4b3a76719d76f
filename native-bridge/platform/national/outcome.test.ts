import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { createMask } from '../driver/masked-text.ts';
import { readOutcome } from './outcome.ts';

const serial = 'projectworker-add-2024010112-1-0001';
const mask = createMask('0123456789abcdef0123456789abcdef');
const outcomeOf = (status: unknown, result?: unknown) =>
  readOutcome({ requestSerialCode: serial, status, result }, serial, mask);

test.each([[0], ['0']])('status %j is waiting', (status) => {
  expect(outcomeOf(status, null)).toEqual({ state: 'waiting' });
});

test.each([
  [{ teamSysNo: 123_456_789, projectCode: 'P' }, 123_456_789],
  [{ teamSysNo: '1234567890' }, 1_234_567_890],
  ['{"teamSysNo":123456789}', 123_456_789],
  [{ teamSysNo: 0 }, undefined],
  [{ teamSysNo: null }, undefined],
  ['处理成功', undefined],
  [null, undefined],
  [undefined, undefined],
])('status 20 with %j is done', (result, teamSysNo) => {
  expect(outcomeOf('20', result)).toEqual({ state: 'done', ...(teamSysNo === undefined ? {} : { teamSysNo }) });
});

test.each([
  '该项目下已存在以下人员：\r\n韦试样(45999919000101101X)\r\n',
  '[workerList][0]工人已存在',
  '[workerList][0][idCardNumber]该身份证号在本项目其他班组已存在;',
  '工人已经存在；',
  '该工人已在该项目中',
  'Worker already exists',
  { message: '人员已存在', code: '1086' },
  '"人员已存在"',
  ['人员已存在'],
])('a worker who is there already: %j', (result) => {
  const outcome = outcomeOf(10, result);
  expect(outcome.state).toBe('already-present');
  expect(JSON.stringify(outcome)).not.toContain('45999919000101101X');
});

test.each([
  ['班组已存在，班组编号：1234567890', 1_234_567_890],
  ['该班组123456789已存在', 123_456_789],
  ['teamName已存在[123456789]', 123_456_789],
  [{ message: '班组已存在', teamSysNo: 123_456_789 }, 123_456_789],
  ['班组已存在', undefined],
  // Not decidable, and not the number at all: the caller asks with a query instead.
  ['班组123456789与987654321已存在', undefined],
  ['班组已存在，请求team-add-2024010112-1-0001', undefined],
  ['班组已存在，企业91459999000000001', undefined],
])('a team that is there already: %j', (result, teamSysNo) => {
  const outcome = outcomeOf(10, result);
  expect(outcome).toMatchObject({ state: 'already-present' });
  expect(outcome).toHaveProperty('text');
  expect('teamSysNo' in outcome ? outcome.teamSysNo : undefined).toBe(teamSysNo);
});

test.each([
  ['[workerList][0][headImage]图片大小不能超过50KB', ['headImage']],
  [
    '[workerList][0][headImage]不能为空;[workerList][0][cellPhone]格式错误;[workerList][0][headImage]格式错误',
    ['headImage', 'cellPhone'],
  ],
  ['[workerList] [0] [newField]有误', ['newField']],
  ['teamSysNo无效或超出范围', ['teamSysNo']],
  ['idCardType只支持居民身份证', ['idCardType']],
  ['[workerList][0][cellPhone]手机号已存在', ['cellPhone']],
  ['[workerList][0]工人已存在;[workerList][0][headImage]格式错误', ['headImage']],
  ['该工人在其他项目已存在', []],
  ['银行卡号已存在', []],
  ['项目不存在', []],
  [{ errors: [{ field: 'nation', msg: '民族错误' }] }, []],
  [null, []],
  ['', []],
])('a refusal names its fields: %j', (result, fields) => {
  expect(outcomeOf('10', result)).toMatchObject({ state: 'refused', fields });
});

test.each(['Internal Error', '系统异常', { message: '系统繁忙，请稍后再试' }])(
  "trouble of the platform's own is not its word on the record: %j",
  (result) => {
    expect(outcomeOf(10, result)).toMatchObject({ state: 'failed' });
  },
);

test("a refusal keeps the platform's words with the numbers hidden", () => {
  expect(outcomeOf(10, '[workerList][0][idCardNumber]45999919000101101X校验失败')).toEqual({
    state: 'refused',
    text: '[workerList][0][idCardNumber]459999********101X校验失败',
    fields: ['idCardNumber'],
  });
});

test.each([
  [undefined],
  [null],
  ['20'],
  [{}],
  [{ status: 30 }],
  [{ status: null }],
  [{ status: 20, requestSerialCode: 'another' }],
])('does not guess from %j', (data) => {
  expect(() => readOutcome(data, serial, mask)).toThrow(expect.objectContaining({ code: 'platform.bad-answer' }));
});

test('needs no serial in the answer', () => {
  expect(readOutcome({ status: 20, requestSerialCode: null }, serial, mask)).toEqual({ state: 'done' });
});

const replyLike = fc.record({
  status: fc.oneof(fc.constantFrom(0, 10, 20, '0', '10', '20'), fc.jsonValue()),
  result: fc.oneof(fc.jsonValue(), fc.json(), fc.string()),
});

test('fails with nothing but a StationError, whatever JSON comes in', () => {
  fc.assert(
    fc.property(fc.oneof(replyLike, fc.jsonValue()), (data) => {
      try {
        readOutcome(data, serial, mask);
      } catch (error) {
        expect(error).toBeInstanceOf(StationError);
      }
    }),
  );
});
