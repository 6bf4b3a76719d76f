import { z } from 'zod';
import { checkNames } from '../contract/capture.ts';
import type { CheckName, ProfileSummary } from '../contract/capture.ts';
import { StationError } from '../contract/errors.ts';
import { labOf } from './colour.ts';
import { linearOf } from './luminance.ts';

/**
 * Where a number of a profile comes from:
 * - `platform`  told by the platform itself (its annex, its documentation, its error texts);
 * - `standard`  a published picture standard (GA 461, ISO/IEC 19794-5, GB/T 35678), mostly by concordant copies;
 * - `quality`   derived from the quality maps of ISO/IEC 29794-5;
 * - `own`       our judgement or measurement.
 */
export const sourceKindSchema = z.enum(['platform', 'standard', 'quality', 'own']);
export type SourceKind = z.infer<typeof sourceKindSchema>;

/** A number as the file holds it. `default: true` says that the platform has not confirmed it. */
const markedNumberSchema = z.strictObject({ value: z.number(), source: sourceKindSchema, default: z.boolean() });
type MarkedNumber = z.infer<typeof markedNumberSchema>;

const number = markedNumberSchema.transform((marked) => marked.value);
const bandSchema = z.strictObject({ minimum: number, maximum: number });
const limitsSchema = z.strictObject({ minimum: number.optional(), maximum: number.optional() });

/** `limit` decides by the check's kind; outside `wanted` only warns. */
const ruleSchema = z.strictObject({
  kind: z.enum(['block', 'warn', 'off']),
  limit: limitsSchema,
  wanted: limitsSchema.optional(),
});

/** Layout of the final picture; shares are of its width or height, T is the distance from the eye line to the chin. */
const geometrySchema = z.strictObject({
  width: number.pipe(z.int().positive()),
  height: number.pipe(z.int().positive()),
  faceWidth: bandSchema,
  eyeLine: bandSchema,
  eyeCentre: bandSchema,
  hairMargin: bandSchema,
  /** Height of the head, chin to crown, in units of T. */
  headHeight: number,
  /** Share of the crop's width or height that may be filled by repeating the frame's edge. */
  maximumPadding: number,
});

const levelSchema = number.pipe(z.int().min(0).max(255));

/** The colour that the wall behind the person should have: sRGB levels in the file, L*a*b* in use. */
const backgroundSchema = z
  .strictObject({ red: levelSchema, green: levelSchema, blue: levelSchema })
  .transform(({ red, green, blue }) => labOf({ red: linearOf(red), green: linearOf(green), blue: linearOf(blue) }));

const fileSchema = z.strictObject({
  /** A portrait in less has lost its detail. */
  minimumBytes: number.pipe(z.int().positive()),
  maximumBytes: number.pipe(z.int().positive()),
  /** Characters of the Base64 text, a data-URI prefix included. */
  maximumBase64: number.pipe(z.int().positive()),
  highestQuality: number.pipe(z.int().min(1).max(100)),
  lowestQuality: number.pipe(z.int().min(1).max(100)),
  /** Share of width and height down to which the photo is made smaller once even the lowest quality does not fit. */
  smallestScale: number.pipe(z.number().positive().max(1)),
});

const guidingSchema = z.strictObject({
  holdingMs: number,
  smoothingMs: number,
  stillnessMs: number,
  /** How far beyond its limit a met check may drift before it counts as unmet, as a share of the limit. */
  hysteresis: number,
  /** Other faces narrower than this (pixels) are passers-by in the background. */
  ignoredFaceWidth: number,
  /** Backlight blocks only while the face itself is darker than this mean linear luminance. */
  backlightFaceBelow: number,
  /** Least share of the session's best sharpness, and of the person's own usual eye opening. */
  sharpnessOfBest: number,
  eyesOfUsual: number,
  /** After this time in front of the camera, or this many refused photos, the operator may take the best frame. */
  patienceMs: number,
  patienceTries: number.pipe(z.int().positive()),
});

const profileSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  note: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
  geometry: geometrySchema,
  background: backgroundSchema,
  file: fileSchema,
  guiding: guidingSchema,
  checks: z.record(z.enum(checkNames), ruleSchema),
  /** Rules that replace those of `checks` when the final file is checked again. */
  finalChecks: z.partialRecord(z.enum(checkNames), ruleSchema),
});

/** A number of the active profile that the platform has not confirmed; `path` is dotted. */
export interface UnconfirmedNumber {
  readonly path: string;
  readonly value: number;
  readonly source: SourceKind;
}

export type CheckRule = z.output<typeof ruleSchema>;
export type Limits = CheckRule['limit'];
export type CaptureProfile = z.output<typeof profileSchema> & { readonly unconfirmed: readonly UnconfirmedNumber[] };

/**
 * The profile in `json` (the parsed file) with plain numbers. Throws `StationError('internal')` with the place of the
 * first fault: a station must not guess what a picture has to look like.
 */
export function loadProfile(json: unknown): CaptureProfile {
  const parsed = profileSchema.safeParse(json);
  if (!parsed.success) throw profileFault(parsed.error);
  const profile = parsed.data;
  refuseEmptyBands(profile);
  return { ...profile, unconfirmed: unconfirmedIn(json) };
}

/** The profile as the screen names it. */
export function summaryOf(profile: CaptureProfile): ProfileSummary {
  const { name, version, title, geometry, file } = profile;
  const { width, height } = geometry;
  return { name, version, title, width, height, maximumBytes: file.maximumBytes };
}

/**
 * The rule of `check` on the final file: the layout's own bands, else the replacing rule, else the live one. A check that
 * a profile switches off is off here as well.
 */
export function finalRule(profile: CaptureProfile, check: CheckName): CheckRule {
  const live = profile.checks[check];
  const layout = layoutLimits(profile, check);
  if (layout !== undefined) return { kind: live.kind, limit: layout };
  return live.kind === 'off' ? live : (profile.finalChecks[check] ?? live);
}

function layoutLimits({ geometry }: CaptureProfile, check: CheckName): Limits | undefined {
  if (check === 'head-size') return geometry.faceWidth;
  if (check === 'centred') return geometry.eyeCentre;
  return check === 'eye-height' ? geometry.eyeLine : undefined;
}

function profileFault(error: z.ZodError): StationError {
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  return new StationError('internal', `capture profile: ${place}: ${issue?.message ?? 'malformed'}`);
}

function refuseEmptyBands(profile: z.output<typeof profileSchema>): void {
  const { geometry, file } = profile;
  const bands = Object.entries({
    'geometry.faceWidth': geometry.faceWidth,
    'geometry.eyeLine': geometry.eyeLine,
    'geometry.eyeCentre': geometry.eyeCentre,
    'geometry.hairMargin': geometry.hairMargin,
    'file.quality': { minimum: file.lowestQuality, maximum: file.highestQuality },
    ...namedLimits(profile),
  });
  for (const [place, band] of bands) {
    if ((band.minimum ?? -Infinity) <= (band.maximum ?? Infinity)) continue;
    throw new StationError('internal', `capture profile: ${place}: minimum above maximum`);
  }
}

function namedLimits(profile: z.output<typeof profileSchema>): Record<string, Limits> {
  const rules = [...Object.entries(profile.checks), ...Object.entries(profile.finalChecks)];
  return Object.fromEntries(rules.map(([name, rule]) => [`checks.${name}`, rule.limit]));
}

function unconfirmedIn(node: unknown, path: readonly string[] = []): UnconfirmedNumber[] {
  const marked = markedNumberSchema.safeParse(node);
  if (marked.success) return marked.data.default ? [unconfirmed(marked.data, path)] : [];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => unconfirmedIn(child, [...path, key]));
}

function unconfirmed(marked: MarkedNumber, path: readonly string[]): UnconfirmedNumber {
  return { path: path.join('.'), value: marked.value, source: marked.source };
}
