/** CIE L*a*b* of the D65 white. */
export interface Lab {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/** Linear sRGB, 0..1 each. */
export interface LinearColour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const WHITE = { x: 0.95047, z: 1.08883 } as const;
const KNEE = (6 / 29) ** 3;

const response = (share: number): number => (share > KNEE ? Math.cbrt(share) : share / (3 * (6 / 29) ** 2) + 4 / 29);

export function labOf({ red, green, blue }: LinearColour): Lab {
  const x = response((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE.x);
  const y = response(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = response((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / WHITE.z);
  return { lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
}

/** CIE76 difference; the share of the lightness in it can be lowered where light and shade are not the question. */
export function labDistance(first: Lab, second: Lab, lightnessShare = 1): number {
  const lightness = (first.lightness - second.lightness) * lightnessShare;
  return Math.hypot(lightness, first.a - second.a, first.b - second.b);
}
