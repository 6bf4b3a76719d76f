import { entry } from './entry.ts';

export const livenessErrors = {
  'liveness.required': entry(
    'ask-operator',
    '本项目要求通过基础活体检查',
    'This project requires the basic liveness check',
  ),
  'liveness.not-required': entry('stop', '本次采集不要求活体检查', 'No liveness check is required here'),
  'liveness.not-over': entry('re-present', '请先完成活体动作', 'Please finish the liveness movements first'),
  'liveness.person-changed': entry(
    're-present',
    '拍照的人与做动作的人不一致，请重新开始',
    'The person in the photo is not the one who made the movements, please begin again',
  ),
  'liveness.too-many-attempts': entry(
    'ask-operator',
    '活体检查次数已用完，请由主管处理',
    'No more liveness attempts, a supervisor has to decide',
  ),
} as const;
