/** Luminance on linearised sRGB after ISO/IEC 29794-5: Y = 0.2126 R + 0.7152 G + 0.0722 B. */
const WEIGHTS = { red: 0.2126, green: 0.7152, blue: 0.0722 } as const;
const KNEE = 0.04045;
const EXPONENT = 2.4;

/** Linear value 0..1 of an sRGB level 0..255. */
export function linearOf(level: number): number {
  const share = level / 255;
  return share <= KNEE ? share / 12.92 : ((share + 0.055) / 1.055) ** EXPONENT;
}

const weighted = (weight: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, level) => weight * linearOf(level));

/** Weighted linear value of each level of each channel; the luminance 0..1 is the sum of the three. */
export const luminanceTables = {
  red: weighted(WEIGHTS.red),
  green: weighted(WEIGHTS.green),
  blue: weighted(WEIGHTS.blue),
} as const;

/** Linear luminance 0..1 of the pixel whose red byte is at `offset`. */
export function pixelLuminance(data: Uint8Array, offset: number): number {
  const { red, green, blue } = luminanceTables;
  return red[data[offset]!]! + green[data[offset + 1]!]! + blue[data[offset + 2]!]!;
}

/** sRGB levels 0..255 over the linear scale, fine enough that no step exceeds a quarter level above level 8. */
const LEVELS = Float32Array.from({ length: 4097 }, (_, step) => levelOf(step / 4096));

/** sRGB level 0..255 (not rounded) of a linear value 0..1. */
export function displayLevel(linear: number): number {
  return LEVELS[Math.min(4096, Math.max(0, Math.round(linear * 4096)))]!;
}

function levelOf(linear: number): number {
  const share = linear <= KNEE / 12.92 ? linear * 12.92 : 1.055 * linear ** (1 / EXPONENT) - 0.055;
  return share * 255;
}
