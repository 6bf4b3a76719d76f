import type { LivenessFailure, LivenessHint, LivenessStep } from '../../native-bridge/contract/liveness.ts';

/** What the worker is asked to do; also spoken. */
const steps = {
  blink: '请闭眼，再睁开',
  'turn-left': '请向左转头，再转回',
  'turn-right': '请向右转头，再转回',
  'open-mouth': '请张大嘴，再闭上',
  nod: '请低头，再抬起',
} as const satisfies Record<LivenessStep, string>;

const failures = {
  'timed-out': '时间到',
  'other-action': '动作不对',
  'face-lost': '脸离开了画面',
  'several-faces': '有旁人入镜',
  'person-changed': '换了人',
} as const satisfies Record<LivenessFailure, string>;

const hints = {
  'identical-frames': '画面重复',
  'screen-pattern': '有屏幕或印刷纹理',
  'low-scores': '模型评分低',
} as const satisfies Record<LivenessHint, string>;

/** Texts of the liveness challenge in Chinese. */
export const zhLiveness = {
  liveness: {
    name: '基础活体检查',
    notTested: '未经 ISO/IEC 30107-3 检测',
    place: '第 {{place}} 步，共 {{of}} 步',
    step: steps,
    lookStraight: '请正对镜头',
    back: '很好，请回正',
    failure: failures,
    attemptsLeft: '请再来一次 · 还可以试 {{count}} 次',
    tryAgain: '请再来一次',
    failedTitle: '基础活体检查未通过',
    failedText: '请按提示做完两个动作；确有困难时由主管处理。',
    again: '再试',
    except: '主管放行',
    exceptTitle: '主管放行',
    exceptText: '不做活体检查，记录将注明并需复核。',
    reasons: '面部受伤，无法完成动作|行动不便|光线不足，已核对本人',
    reasonHint: '原因',
    supervisor: '主管姓名',
    confirm: '确认放行',
    cancel: '返回',
    passed: '基础活体检查通过',
    notPassed: '基础活体检查未通过，已记录',
    excepted: '主管 {{supervisor}} 放行：{{reason}}',
    attested: '{{attestedBy}} 声明本人到场、无翻拍',
    hint: hints,
    hints: '提示：{{list}}',
    sealStatement: '封存即声明：本人到场，无翻拍',
  },
  livenessSettings: {
    title: '基础活体检查',
    text: '拍照前随机做两个动作。未经 ISO/IEC 30107-3 检测，不能防住所有冒用。',
    mode: { off: '不做', recorded: '做并记录', required: '必须通过' },
    modeText: {
      off: '不做动作，封存时由操作员声明本人到场、无翻拍。',
      recorded: '做动作并记录结果，未通过也可以继续，由操作员声明。',
      required: '三次未通过时只能再试，或由主管说明原因放行。',
    },
  },
};
