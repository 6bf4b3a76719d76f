import type { Box, RgbImage } from '../../face/types.ts';

/** Edge of the square in the middle of the face that is looked at, in pixels of the picture. */
const edge = 128;
/** Waves shorter than this many a square are the face itself. */
const lowestWave = 16;

/**
 * How far the strongest fine regular pattern of the face stands out from the other fine detail: the height of the
 * highest line of the mean spectrum over the median line, along rows or columns. Skin has no such line (1.3 to 2.1); a
 * screen filmed off, or the screen of a print, has one where its grid meets the camera's. 0 where the face is too small.
 */
export function patternOf(image: RgbImage, box: Box): number {
  const left = Math.round(box.x + box.width / 2 - edge / 2);
  const top = Math.round(box.y + box.height / 2 - edge / 2);
  if (left < 0 || top < 0 || left + edge > image.width || top + edge > image.height) return 0;
  const light = (x: number, y: number): number => {
    const at = 3 * ((top + y) * image.width + left + x);
    return (image.data[at] ?? 0) + 2 * (image.data[at + 1] ?? 0) + (image.data[at + 2] ?? 0);
  };
  return Math.max(
    prominence(spectrum((line, at) => light(at, line))),
    prominence(spectrum((line, at) => light(line, at))),
  );
}

/** Mean amplitude over all lines for each number of waves, windowed so that the square's ends make no waves. */
function spectrum(light: (line: number, at: number) => number): number[] {
  const waves = edge / 2 - lowestWave;
  const amplitudes = new Array<number>(waves).fill(0);
  for (let line = 0; line < edge; line += 4) {
    const values = differences((at) => light(line, at));
    for (let wave = 0; wave < waves; wave++) {
      amplitudes[wave] = (amplitudes[wave] ?? 0) + amplitudeOf(values, wave + lowestWave);
    }
  }
  return amplitudes;
}

const cosines = Float64Array.from({ length: edge }, (_, at) => Math.cos((2 * Math.PI * at) / edge));

/** Differences between neighbours flatten the spectrum of a natural picture, whose waves are the weaker the finer. */
function differences(light: (at: number) => number): Float64Array {
  const values = new Float64Array(edge);
  for (let at = 0; at + 1 < edge; at++) {
    const window = 0.5 - 0.5 * (cosines[at] ?? 0);
    values[at] = window * (light(at + 1) - light(at));
  }
  return values;
}

function amplitudeOf(values: Float64Array, waves: number): number {
  let [real, imaginary] = [0, 0];
  for (let at = 0; at < edge; at++) {
    const value = values[at] ?? 0;
    real += value * (cosines[(at * waves) % edge] ?? 0);
    imaginary += value * (cosines[(at * waves + edge / 4) % edge] ?? 0);
  }
  return Math.hypot(real, imaginary);
}

function prominence(amplitudes: readonly number[]): number {
  const sorted = amplitudes.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return middle === 0 ? 0 : (sorted.at(-1) ?? 0) / middle;
}
