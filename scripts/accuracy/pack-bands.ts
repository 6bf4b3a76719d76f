import { type Metric, metricValue } from '../../native-bridge/face/packs/pack-manifest.ts';
import type { Measurement } from './measure.ts';
import { operatingPoint, sortDistances } from './roc.ts';

/** Strangers that a match may let through, and people of one name that may be taken for strangers. */
const wantedFalseMatches = 1e-4;
const wantedFalseRefusals = 0.002;

/**
 * Limits that suit a pack's measurement, as its manifest wants them. Listed impostors are few, so that only crossed pairs
 * prove a rate of false matches.
 */
export function bandsForManifest(measurement: Measurement, metric: Metric, fingerprint: string): string[] {
  const { genuine, impostor } = sortDistances(measurement.distances);
  const crossed = measurement.cross?.distances.toSorted();
  const match = operatingPoint({ genuine, impostor: crossed ?? impostor }, wantedFalseMatches).limit;
  const compared = genuine.filter((distance) => Number.isFinite(distance));
  const farthest = compared[Math.max(0, Math.ceil((1 - wantedFalseRefusals) * compared.length) - 1)] ?? match;
  const bands = {
    fingerprint,
    match: rounded(metricValue(metric, match)),
    review: rounded(metricValue(metric, Math.max(farthest, 1.05 * match))),
  };
  return [
    `Limits for the manifest (match: at most ${wantedFalseMatches} of strangers${crossed ? '' : ', of those listed only'}; ` +
      `review: all but ${wantedFalseRefusals} of pairs of one person), to be looked at before they are taken:`,
    `  "bands": ${JSON.stringify(bands)}`,
  ];
}

const rounded = (value: number): number => Number(value.toFixed(4));
