import type { CheckResult } from '../../native-bridge/contract/capture.ts';

const check = (part: Partial<CheckResult> & Pick<CheckResult, 'name'>): CheckResult => ({
  status: 'pass',
  unit: 'ratio',
  ...part,
});

export const goodChecks: readonly CheckResult[] = [
  check({ name: 'face-present', unit: 'count', value: 1, minimum: 1 }),
  check({ name: 'single-face', unit: 'count', value: 1, maximum: 1 }),
  check({ name: 'inside-frame', value: 0.12, minimum: 0.02 }),
  check({ name: 'eye-distance', unit: 'pixel', value: 128, minimum: 90 }),
  check({ name: 'not-too-near', value: 0.31, maximum: 0.45 }),
  check({ name: 'centred', value: 0.03, maximum: 0.08 }),
  check({ name: 'eye-height', value: 0.44, minimum: 0.3, maximum: 0.55 }),
  check({ name: 'yaw', unit: 'degree', value: 2, minimum: -5, maximum: 5 }),
  check({ name: 'pitch', unit: 'degree', value: -3, minimum: -8, maximum: 8 }),
  check({ name: 'roll', unit: 'degree', value: 1, minimum: -5, maximum: 5 }),
  check({ name: 'brightness', unit: 'level', value: 132, minimum: 85, maximum: 200 }),
  check({ name: 'over-exposure', value: 0.01, maximum: 0.05 }),
  check({ name: 'even-light', value: 0.78, minimum: 0.6 }),
  check({ name: 'backlight', value: 1.1, maximum: 1.8 }),
  check({ name: 'sharpness', value: 0.71, minimum: 0.4 }),
  check({ name: 'stillness', value: 0.01, maximum: 0.03 }),
  check({ name: 'eyes-open', value: 0.34, minimum: 0.2 }),
  check({ name: 'mouth-closed', status: 'warn', value: 0.16, maximum: 0.14 }),
];

const turned: CheckResult = check({ name: 'yaw', status: 'block', unit: 'degree', value: 9, minimum: -5, maximum: 5 });
/** As `goodChecks`, but for the head, which is turned. */
export const turnedChecks = goodChecks.map((result) => (result.name === 'yaw' ? turned : result));
