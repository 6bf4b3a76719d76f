import { checkList } from '../../native-bridge/capture/checks/check-list.ts';
import { checkFrame } from '../../native-bridge/capture/checks/frame.ts';
import { judge } from '../../native-bridge/capture/checks/judge.ts';
import { checkFinalImage, inspectFile, makeFinalImage } from '../../native-bridge/capture/final-image.ts';
import type { CaptureProfile } from '../../native-bridge/capture/profile.ts';
import type { CheckName, CheckResult } from '../../native-bridge/contract/capture.ts';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import type { FaceEngine } from '../../native-bridge/face/face-engine.ts';
import type { RgbImage } from '../../native-bridge/face/types.ts';
import type { Degradation } from './degradations.ts';
import type { Portrait } from './portraits.ts';

/** One picture and what the checks say to it; a picture in which no face is found has failed `face-present` alone. */
export interface Trial {
  readonly portrait: string;
  readonly failed: readonly CheckName[];
  readonly warned: readonly CheckName[];
}

export interface Row {
  readonly degradation: string;
  readonly expected: readonly CheckName[];
  readonly trials: readonly Trial[];
}

export interface Report {
  /** Good portraits as camera frames, and as the photos made from them. */
  readonly clean: readonly Trial[];
  readonly photos: readonly Trial[];
  readonly rows: readonly Row[];
}

export interface ReportOptions {
  readonly engine: FaceEngine;
  readonly profile: CaptureProfile;
  readonly portraits: readonly Portrait[];
  readonly degradations: readonly Degradation[];
}

export async function measureChecks({ engine, profile, portraits, degradations }: ReportOptions): Promise<Report> {
  const clean: Trial[] = [];
  const photos: Trial[] = [];
  const rows = degradations.map(({ name, expected }) => ({ degradation: name, expected, trials: [] as Trial[] }));
  for (const portrait of portraits) {
    clean.push(await trial(engine, profile, portrait.name, portrait.frame));
    photos.push(await photoTrial(engine, profile, portrait));
    for (const [index, degradation] of degradations.entries()) {
      const picture = await degradation.apply(portrait, profile);
      rows[index]!.trials.push(await trial(engine, profile, portrait.name, picture));
    }
  }
  return { clean, photos, rows };
}

/** Share of the trials in which one of the expected checks warned or blocked. */
export function recall({ expected, trials }: Row): number {
  const tripped = trials.filter(({ failed, warned }) => expected.some((name) => [...failed, ...warned].includes(name)));
  return tripped.length / trials.length;
}

export function blockedShare(trials: readonly Trial[]): number {
  return trials.filter(({ failed }) => failed.length > 0).length / trials.length;
}

async function trial(engine: FaceEngine, profile: CaptureProfile, portrait: string, image: RgbImage): Promise<Trial> {
  const faces = await engine.analyse(image);
  const frame = checkFrame({ image, faces, profile, stage: 'live', history: {} });
  const results = checkList.flatMap((check) => {
    const rule = profile.checks[check.name];
    return rule.kind === 'off' ? [] : [judge(check, check.measure(frame, rule), rule)];
  });
  return { portrait, ...outcomeOf(results) };
}

async function photoTrial(
  engine: FaceEngine,
  profile: CaptureProfile,
  { name, frame, face }: Portrait,
): Promise<Trial> {
  try {
    const { jpeg } = await makeFinalImage(frame, face, profile);
    const decoded = await decodePicture(jpeg);
    const file = await inspectFile(jpeg, profile);
    const results = checkFinalImage(decoded, await engine.analyse(decoded), profile, file);
    return { portrait: name, ...outcomeOf(results) };
  } catch (cause) {
    if (asStationError(cause).code === 'internal') throw cause;
    return { portrait: name, failed: ['inside-frame'], warned: [] };
  }
}

function outcomeOf(results: readonly CheckResult[]): Pick<Trial, 'failed' | 'warned'> {
  const named = (status: CheckResult['status']) => results.filter((r) => r.status === status).map(({ name }) => name);
  return { failed: named('block'), warned: named('warn') };
}
