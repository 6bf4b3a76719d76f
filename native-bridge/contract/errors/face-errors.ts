import { entry } from './entry.ts';

export const faceErrors = {
  'face.models-unavailable': entry(
    'ask-operator',
    '人脸模型不可用，比对已关闭',
    'The face models are not available, comparison is off',
  ),
  'face.no-face-on-card': entry(
    'ask-operator',
    '证件照中未检测到人脸，无法比对',
    'No face found in the card portrait, cannot compare',
  ),
  'face.no-face-in-photo': entry(
    're-present',
    '现场照中未检测到人脸，请重拍',
    'No face found in the live photo, take it again',
  ),
  'face.frames-disagree': entry(
    'ask-operator',
    '拍摄过程中画面不是同一个人，请重拍或人工核对',
    'The frames do not show one and the same person, take the picture again or compare by eye',
  ),
  'face.abnormal-picture': entry(
    'ask-operator',
    '照片内容异常，无法比对，请人工核对',
    'A picture is abnormal and cannot be compared, compare by eye',
  ),
  'face.too-slow': entry(
    'ask-operator',
    '本机繁忙，比对超时，请重拍或人工核对',
    'The comparison took too long, take the picture again or compare by eye',
  ),
  'face.search-not-measured': entry(
    'ask-operator',
    '重复人脸查找未针对当前引擎测定，已停用',
    'The search for duplicate faces has not been measured with this engine and is off',
  ),
} as const;
