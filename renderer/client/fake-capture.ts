import type { ListedProfile, ProfileRule } from '../../native-bridge/contract/capture-profile-calls.ts';
import type { PhotoException, ProfileSummary } from '../../native-bridge/contract/capture.ts';
import type { Draft } from '../../native-bridge/contract/enrolment.ts';
import type { Result } from '../../native-bridge/contract/station.ts';

const rule = (part: Partial<ProfileRule> & Pick<ProfileRule, 'name'>): ProfileRule => ({
  kind: 'block',
  limit: {},
  unit: 'ratio',
  isDefault: true,
  ...part,
});

const rules: readonly ProfileRule[] = [
  rule({ name: 'face-present', limit: { minimum: 0.7 } }),
  rule({ name: 'single-face', limit: { maximum: 0.05 } }),
  rule({ name: 'eye-distance', unit: 'pixel', limit: { minimum: 90 }, wanted: { minimum: 120 } }),
  rule({ name: 'head-size', limit: { minimum: 0.54, maximum: 0.62 } }),
  rule({ name: 'yaw', unit: 'degree', limit: { minimum: -10, maximum: 10 }, wanted: { minimum: -5, maximum: 5 } }),
  rule({ name: 'natural-colour', kind: 'warn', unit: 'level', limit: { maximum: 5 } }),
  rule({ name: 'background-colour', kind: 'off', unit: 'level', limit: { maximum: 15 } }),
  rule({ name: 'file-size', unit: 'byte', limit: { maximum: 37_888 }, isDefault: false }),
];

const profile = (part: Pick<ListedProfile, 'name' | 'title'> & Partial<ListedProfile>): ListedProfile => ({
  version: '1.1.0',
  width: 358,
  height: 441,
  maximumBytes: 37_888,
  unconfirmed: 96,
  rules: [...rules],
  ...part,
});

export const exampleProfiles: readonly ListedProfile[] = [
  profile({
    name: 'guangxi',
    title: { zh: '广西建筑农民工实名制（GA 461 版式）', en: 'Guangxi real-name platform (GA 461 layout)' },
  }),
  profile({
    name: 'icao-passport',
    version: '1.0.0',
    title: { zh: 'ICAO 护照照片（Doc 9303，35×45 毫米）', en: 'ICAO passport photo (Doc 9303, 35×45 mm)' },
    width: 413,
    height: 531,
    maximumBytes: 240_000,
    rules: rules.map((each) => (each.name === 'yaw' ? { ...each, limit: { minimum: -8, maximum: 8 } } : each)),
  }),
];

const { rules: _rules, unconfirmed: _unconfirmed, ...summary } = exampleProfiles[0]!;
export const exampleProfile: ProfileSummary = summary;

interface CaptureHandlers {
  readonly 'capture.take-best': (argument: { reason: string }) => Result<'capture.take-best'>;
  readonly 'settings.capture-profiles': () => Result<'settings.capture-profiles'>;
  readonly 'settings.choose-capture-profile': (argument: { name: string }) => Result<'settings.capture-profiles'>;
}

interface PhotographingStation {
  takePhoto(takenBy: 'operator'): void;
  edit(change: (draft: Draft) => Draft): Result<'enrolment.current'>;
}

/** Choosing a profile, answered from the examples, and the photo that is taken with a reason. */
export function fakeCapture(station: PhotographingStation): CaptureHandlers {
  let chosen = exampleProfile.name;
  const answer = () => ({ chosen, profiles: [...exampleProfiles] });
  return {
    'capture.take-best': ({ reason }) => {
      station.takePhoto('operator');
      const exception: PhotoException = { reason, failed: ['irises-visible'] };
      return station.edit((draft) => ({ ...draft, ...(draft.photo && { photo: { ...draft.photo, exception } }) }));
    },
    'settings.capture-profiles': answer,
    'settings.choose-capture-profile': ({ name }) => {
      chosen = name;
      return answer();
    },
  };
}
