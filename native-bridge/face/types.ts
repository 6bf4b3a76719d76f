/** An 8-bit sRGB picture, rows top-down, three bytes a pixel without padding: `data.length === width * height * 3`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A position in pixels of the picture it was measured in; x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Head pose in degrees. Signs are those of the picture, not of the person:
 * yaw > 0 the nose points to the picture's right, pitch > 0 it points up, roll > 0 the head is tilted clockwise.
 */
export interface HeadPose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** One face found in a picture. */
export interface FaceGeometry {
  readonly box: Box;
  /** Detector confidence, 0..1. */
  readonly score: number;
  /** 468 mesh points as x, y, z triples in pixels of the picture (z relative, towards the camera negative). */
  readonly mesh: Float32Array;
  /** The 68 landmarks in iBUG order as x, y pairs in pixels, picked from the mesh. */
  readonly landmarks: Float32Array;
  readonly pose: HeadPose;
  /** Distance of the eye centres (midpoints of the eye corners) in pixels. */
  readonly eyeDistance: number;
}
