import { expect, test } from 'vitest';
import { troubleIn } from './trouble-text.ts';

test.each([
  '系统异常',
  '系统错误',
  '系统内部错误',
  '系统后台服务异常',
  '系统出现未知错误！',
  '服务器内部错误',
  '内部错误',
  '未知错误',
  '服务异常',
  '服务暂不可用',
  '操作超时',
  '超时',
  '数据库连接超时',
  '接口调用超时：30000ms',
  '操作失败：系统异常',
  '系统异常，请联系管理员',
  '【系统异常】错误码：E500',
  '系统异常: java.lang.NullPointerException',
  '系统正在维护中',
  'Internal Server Error',
  'nonce重复，请求已被处理',
])('%s is trouble of the platform', (text) => {
  expect(troubleIn(text)).toBe('platform.bad-answer');
});

test.each([
  '系统繁忙',
  '系统繁忙，请稍后再试',
  '系统异常，请稍后再试',
  '服务器忙',
  '请稍后再试',
  '操作超时,请稍后重试。',
  '操作过于频繁，请稍后再试',
  '数据处理中，请稍候再试',
])('%s asks to come again later', (text) => {
  expect(troubleIn(text)).toBe('platform.busy');
});

test.each([
  '进场时间超时',
  '证件有效期超时，请核对',
  'startDate超时',
  '[workerList][0][headImage]图片处理超时',
  '[workerList][0][headImage]上传失败，请稍后再试',
  '人员错误',
  '系统中已存在该人员',
  '系统异常：身份证号格式错误',
  '系统异常：工人已存在',
  '请求参数错误',
  '身份证号码错误，请稍后再试',
  '照片不合格，请重新采集后稍后再试',
  '合同异常',
  '服务期限错误',
  '操作错误',
  '项目不存在',
  '',
])('%s is about the content', (text) => {
  expect(troubleIn(text)).toBeUndefined();
});
