import { expect, test } from 'vitest';
import { createMask } from '../driver/masked-text.ts';
import { rowVerdicts } from './row-verdicts.ts';

const mask = createMask('0123456789abcdef0123456789abcdef');
const people = [
  { workerName: '韦试样', idCardNumber: '45999919000101101X' },
  { workerName: '覃样本', idCardNumber: '459999190001011036' },
  { workerName: '韦试样', idCardNumber: '459999190001011052' },
];
const verdicts = (text: string) => rowVerdicts(text, people, mask).map(({ row, state }) => [row, state]);

test.each([
  ['韦试样（45999919000101101X）在该项目中已存在', [[0, 'already-present']]],
  ['韦试样（45999919000101101x）在该项目中已存在', [[0, 'already-present']]],
  [
    '韦试样（45999919000101101X）在该项目中已存在\r\n韦试样（459999190001011052）在该项目中已存在',
    [
      [0, 'already-present'],
      [2, 'already-present'],
    ],
  ],
  [
    '该项目下已存在以下人员：\r\n韦试样(45999919000101101X)\r\n覃样本(459999190001011036)\r\n',
    [
      [0, 'already-present'],
      [1, 'already-present'],
    ],
  ],
  ['覃样本已存在', [[1, 'already-present']]],
  ['覃样本手机号已存在', [[1, 'refused']]],
  ['459999********1052校验失败', [[2, 'refused']]],
  [
    '[workerList][1][headImage]格式错误;韦试样（45999919000101101X）已存在',
    [
      [0, 'already-present'],
      [1, 'suspected'],
    ],
  ],
  ['覃样本已存在;覃样本身份证照片有误', [[1, 'refused']]],
])('lays to each row what the text says of it: %j', (text, expected) => {
  expect(verdicts(text)).toEqual(expected);
});

test.each([
  '[teamSysNo]班组编号超出范围或无效',
  '韦试样已存在',
  '459999********1099校验失败',
  '[workerList]每次不能超过5人',
  '项目已关闭',
  '',
])('lays to nobody what fits nobody or several: %j', (text) => {
  expect(verdicts(text)).toEqual([]);
});

test('does not trust row numbers that the request did not have', () => {
  expect(verdicts('[workerList][1][headImage]格式错误;[workerList][3][headImage]格式错误')).toEqual([]);
});

test('hides the numbers and keeps the fields', () => {
  expect(rowVerdicts('覃样本(459999190001011036)的idCardNumber校验失败', people, mask)).toEqual([
    {
      row: 1,
      state: 'refused',
      text: '覃样本(459999********1036)的idCardNumber校验失败',
      fields: ['idCardNumber'],
    },
  ]);
});
