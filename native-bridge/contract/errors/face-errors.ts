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
  'face.pack-unknown': entry('ask-operator', '找不到这个模型包', 'There is no such model pack'),
  'face.pack-manifest': entry(
    'ask-operator',
    '模型包清单（manifest.json）缺失或内容不对',
    "The model pack's manifest.json is missing or wrong",
  ),
  'face.pack-file': entry(
    'ask-operator',
    '模型包文件缺失、过大或不在模型包文件夹内',
    'A file of the model pack is missing, too large or outside its folder',
  ),
  'face.pack-hash': entry(
    'ask-operator',
    '模型包文件与清单中的校验值不符',
    'The file of the model pack is not the one that its manifest names',
  ),
  'face.pack-cannot-load': entry('ask-operator', '模型包无法载入', 'The model pack cannot be loaded'),
  'face.pack-shape': entry(
    'ask-operator',
    '模型包的输入或输出与清单不符',
    'The model pack takes or gives something else than its manifest says',
  ),
  'face.pack-self-test': entry(
    'ask-operator',
    '模型包自检未通过，本机计算结果不可用',
    'The model pack does not compute what it should on this machine',
  ),
  'face.pack-not-measured': entry(
    'ask-operator',
    '模型包没有针对本程序测定的界限，请先测定',
    'The model pack has no limits that were measured with this program, measure them first',
  ),
} as const;
