import type { FaceGeometry, Point } from '../face/types.ts';
import { chinDistance, eyeLineAngle, eyeMidpoint, faceWidth } from './face-measures.ts';
import type { CaptureProfile } from './profile.ts';

/** The part of a frame that becomes the photo: an upright rectangle of the turned picture. */
export interface CropPlan {
  /** Centre in pixels of the frame. */
  readonly centre: Point;
  /** Size in pixels of the frame; the profile's aspect. */
  readonly width: number;
  readonly height: number;
  /** Degrees the frame is turned back by, clockwise positive (the tilt of the eye line). */
  readonly angle: number;
  /** Where the eye midpoint lies in the crop, as shares of its width and height. */
  readonly eye: Point;
}

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Kept free at both ends of a band when planning, as a share of the band: the file is measured anew. */
const BAND_RESERVE = 0.15;

/**
 * Plans the crop of `face` after the profile's layout: the middle of the face-width band, wider for a head that is too
 * long for that, smaller only where the frame is too small for it; and the hair margin at the top unless the eyes would
 * come too low (that rule is the stronger).
 */
export function planCrop(face: FaceGeometry, frame: FrameSize, profile: CaptureProfile): CropPlan {
  const { geometry } = profile;
  const width = cropWidth(face, frame, profile);
  const height = (width * geometry.height) / geometry.width;
  const angle = eyeLineAngle(face);
  const eye = { x: middle(geometry.eyeCentre), y: eyeLineShare(face, height, profile) };
  const centre = fromCrop(eyeMidpoint(face), { x: (0.5 - eye.x) * width, y: (0.5 - eye.y) * height }, angle);
  return { centre, width, height, angle, eye };
}

/** Width of the largest upright window of the profile's aspect that the frame holds, in pixels. */
export function windowWidth(frame: FrameSize, { geometry }: CaptureProfile): number {
  return Math.min(frame.width, (frame.height * geometry.width) / geometry.height);
}

/** Share of the crop's width or height that lies outside the frame on its worst side; 0 when all of it is inside. */
export function overhang(plan: CropPlan, frame: FrameSize): number {
  const corners = cropCorners(plan);
  const sides = corners.flatMap(({ x, y }) => [
    -x / plan.width,
    (x - frame.width) / plan.width,
    -y / plan.height,
    (y - frame.height) / plan.height,
  ]);
  return Math.max(0, ...sides);
}

function cropCorners({ centre, width, height, angle }: CropPlan): Point[] {
  const signs = [-0.5, 0.5];
  return signs.flatMap((sx) => signs.map((sy) => fromCrop(centre, { x: sx * width, y: sy * height }, angle)));
}

/** The frame's point at `offset` (in the turned picture's directions) from `origin`. */
function fromCrop(origin: Point, offset: Point, angle: number): Point {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { x: origin.x + offset.x * cos - offset.y * sin, y: origin.y + offset.x * sin + offset.y * cos };
}

function cropWidth(face: FaceGeometry, frame: FrameSize, profile: CaptureProfile): number {
  const share = inner(profile.geometry.faceWidth);
  const width = faceWidth(face);
  const wanted = Math.max(width / middle(share), widthForHead(face, profile));
  const [smallest, largest] = [width / share.maximum, width / share.minimum];
  return Math.max(smallest, Math.min(wanted, largest, windowWidth(frame, profile)));
}

/** Width of the smallest crop that shows a head up to its crown and the least hair margin where the eyes lie lowest. */
function widthForHead(face: FaceGeometry, { geometry }: CaptureProfile): number {
  const height = crownToEyes(face, geometry) / (inner(geometry.eyeLine).maximum - geometry.hairMargin.minimum);
  return (height * geometry.width) / geometry.height;
}

function crownToEyes(face: FaceGeometry, { headHeight }: CaptureProfile['geometry']): number {
  return (headHeight - 1) * chinDistance(face);
}

function eyeLineShare(face: FaceGeometry, height: number, { geometry }: CaptureProfile): number {
  const { minimum, maximum } = inner(geometry.eyeLine);
  return Math.min(maximum, Math.max(minimum, middle(geometry.hairMargin) + crownToEyes(face, geometry) / height));
}

interface Band {
  readonly minimum: number;
  readonly maximum: number;
}

function inner({ minimum, maximum }: Band): Band {
  const reserve = (maximum - minimum) * BAND_RESERVE;
  return { minimum: minimum + reserve, maximum: maximum - reserve };
}

function middle({ minimum, maximum }: Band): number {
  return (minimum + maximum) / 2;
}
