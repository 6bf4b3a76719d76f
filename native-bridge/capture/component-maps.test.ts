import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { componentQuality, components, type Component } from './component-maps.ts';

const reference = JSON.parse(readFileSync(new URL('ofiq-reference.json', import.meta.url), 'utf8')) as {
  readonly pairs: Readonly<Record<Component, readonly (readonly [number, number])[]>>;
};

describe('the maps of ISO/IEC 29794-5', () => {
  it.each(components)('%s gives the published quality for the published raw measure, exactly', (component) => {
    const pairs = reference.pairs[component];
    expect(pairs.length).toBeGreaterThan(0);
    expect(pairs.map(([raw]) => componentQuality(component, raw))).toEqual(pairs.map(([, expected]) => expected));
  });

  /** Where the published table holds one quality only: points computed from the standard's formula by hand. */
  it.each([
    ['InterEyeDistance', 60, 38],
    ['InterEyeDistance', 90, 73],
    ['LeftwardCropOfTheFaceImage', 0.9, 50],
    ['RightwardCropOfTheFaceImage', 1.1, 88],
    ['UnderExposurePrevention', 0.8, 90],
    ['UnderExposurePrevention', 0.9, 52],
    ['OverExposurePrevention', 0.01, 50],
    ['OverExposurePrevention', 0.005, 67],
    ['NaturalColour', 5, 76],
    ['MouthClosed', 0.2, 50],
    ['EyesOpen', 0.02, 50],
    ['HeadPoseYaw', 30, 75],
  ] as const)('%s maps %d to %d', (component, raw, expected) => {
    expect(componentQuality(component, raw)).toBe(expected);
  });
});
