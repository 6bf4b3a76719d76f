import { entry } from './entry.ts';

export const captureErrors = {
  'camera.denied': entry(
    'ask-operator',
    '摄像头被拒绝访问，请在系统设置中允许',
    'Access to the camera was refused, allow it in the system settings',
  ),
  'camera.absent': entry('retry', '未找到摄像头，请检查连接', 'No camera found, please check its cable'),
  'camera.busy': entry(
    'ask-operator',
    '摄像头被其他程序占用，请关闭后重试',
    'Another program is using the camera, close it and try again',
  ),
  'camera.lost': entry('retry', '摄像头已断开，请重新插好', 'The camera was unplugged, please plug it in again'),

  'camera.virtual': entry(
    'stop',
    '虚拟摄像头不能用于采集，请使用真实摄像头',
    'A virtual camera cannot be used for enrolment, please use a real one',
  ),
  'camera.not-paired': entry(
    'ask-operator',
    '这不是已配对的摄像头，请换用或重新配对',
    'This is not one of the paired cameras, use one of them or pair this one',
  ),
  'camera.black': entry(
    'ask-operator',
    '摄像头画面全黑，请检查镜头盖',
    'The camera picture is black, please check its cover',
  ),
  'camera.frozen': entry(
    'retry',
    '摄像头画面停住了，请重新打开',
    'The camera picture stands still, please open it again',
  ),

  'capture.bad-picture': entry(
    'retry',
    '摄像头画面读不出，正在重试',
    'The camera picture cannot be read, trying again',
  ),
  'capture.not-open': entry('retry', '拍照尚未开始', 'The camera step has not begun'),
  'capture.not-ready': entry(
    're-present',
    '还没有合格的画面，请按提示调整',
    'No conforming picture yet, please follow the prompt',
  ),
  'capture.overtaken': entry('retry', '已有更新的画面', 'A newer frame has taken the place of this one'),
  'capture.final-check-failed': entry(
    're-present',
    '成片复核未通过，请重拍',
    'The final picture failed its re-check, take it again',
  ),
  'capture.too-large': entry(
    're-present',
    '照片无法压缩到规定大小，请重拍',
    'The picture cannot be made small enough, take it again',
  ),
} as const;
