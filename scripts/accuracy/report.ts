import { bandOf, type Band, type BandLimits } from '../../native-bridge/face/bands.ts';
import { type DescriptionEffort, readingCount } from '../../native-bridge/face/describe.ts';
import { type CrossValidatedAccuracy, crossValidatedAccuracy } from './folds.ts';
import type { Interval } from './interval.ts';
import type { Measurement, MeasureOptions } from './measure.ts';
import { type EqualError, equalErrorRate, type OperatingPoint, operatingPoint, sortDistances } from './roc.ts';
import type { SortedDistances } from './roc.ts';

const falseAcceptRates = [1e-2, 1e-3];
/** Listed impostors are too few for a smaller share; crossed ones are not. */
const crossFalseAcceptRates = [...falseAcceptRates, 1e-4];

/** All figures of one measurement, as the last line of the report gives them. */
export interface AccuracyFigures {
  readonly pipeline: string;
  /** Whether first pictures stood for the photo of a card. */
  readonly chipPhoto: boolean;
  /** How often each picture was read; card photos and frames beside them have their own. */
  readonly effort: DescriptionEffort | undefined;
  readonly pairs: number;
  readonly genuine: number;
  readonly impostor: number;
  readonly pictures: number;
  readonly notDetected: readonly string[];
  readonly notCompared: number;
  readonly accuracy: CrossValidatedAccuracy | undefined;
  readonly equalError: EqualError;
  readonly operatingPoints: readonly OperatingPoint[];
  /** Against every stranger instead of the listed ones. */
  readonly cross: { readonly impostor: number; readonly operatingPoints: readonly OperatingPoint[] } | undefined;
  /** How the limits sort both kinds of pair, where the recogniser has any. */
  readonly bands: Readonly<Record<'genuine' | 'impostor', Readonly<Record<Band, number>>>> | undefined;
}

/** What was measured with. */
export interface MeasuredRecogniser {
  readonly fingerprint: string;
  readonly limits: BandLimits | undefined;
}

export function figuresOf(
  measurement: Measurement,
  pairs: number,
  { chipPhoto, effort }: Pick<MeasureOptions, 'chipPhoto' | 'effort'>,
  { fingerprint, limits }: MeasuredRecogniser,
): AccuracyFigures {
  const { distances, cross } = measurement;
  const sorted = sortDistances(distances);
  const crossed = cross && { genuine: sorted.genuine, impostor: cross.distances.toSorted() };
  return {
    pipeline: fingerprint,
    chipPhoto,
    effort: chipPhoto ? undefined : effort,
    pairs,
    genuine: sorted.genuine.length,
    impostor: sorted.impostor.length,
    pictures: measurement.pictures,
    notDetected: measurement.notDetected,
    notCompared: measurement.notCompared,
    accuracy: crossValidatedAccuracy(distances),
    equalError: equalErrorRate(sorted),
    operatingPoints: falseAcceptRates.map((rate) => operatingPoint(sorted, rate)),
    cross: crossed && {
      impostor: crossed.impostor.length,
      operatingPoints: crossFalseAcceptRates.map((rate) => operatingPoint(crossed, rate)),
    },
    bands: limits && {
      genuine: bandShares(sorted.genuine, limits),
      impostor: bandShares((crossed ?? sorted).impostor, limits),
    },
  };
}

function bandShares(distances: SortedDistances['genuine'], limits: BandLimits): Record<Band, number> {
  const counts = { match: 0, review: 0, 'no-match': 0 };
  for (const distance of distances) counts[bandOf(distance, limits)]++;
  const share = (band: Band): number => counts[band] / distances.length;
  return { match: share('match'), review: share('review'), 'no-match': share('no-match') };
}

/** The report for a person; its last line is the same as JSON. */
export function reportOf(figures: AccuracyFigures): string {
  const { genuine, impostor, cross, bands } = figures;
  return [
    `Pipeline ${figures.pipeline}`,
    figures.effort === undefined
      ? 'First pictures as card photos (102 × 126 pixels, 1 KB)'
      : `All pictures as they are, each read ${readingCount(figures.effort)} times (${figures.effort})`,
    `Pairs ${figures.pairs}: ${genuine} of one person and ${impostor} of two people counted`,
    ...detectionLines(figures),
    accuracyLine(figures.accuracy),
    `Equal error rate ${percent(figures.equalError.rate)} (limit ${figures.equalError.limit.toFixed(3)})`,
    ...figures.operatingPoints.map((point) => operatingLine(point, impostor)),
    ...(cross ? crossLines(cross) : []),
    ...(bands ? [bandLine('of one person', bands.genuine), bandLine('of two people', bands.impostor)] : []),
    JSON.stringify(figures),
    '',
  ].join('\n');
}

function detectionLines({ notDetected, pictures, notCompared, pairs }: AccuracyFigures): string[] {
  const share = percent(notDetected.length / pictures);
  return [
    `Not detected: ${notDetected.length} of ${pictures} pictures (${share}), in ${notCompared} of ${pairs} pairs`,
    ...notDetected.map((name) => `  ${name}`),
    ...(notCompared > 0
      ? ['  (such a pair counts as refused where it shows one person, and not at all otherwise)']
      : []),
  ];
}

const divisions: Readonly<Record<CrossValidatedAccuracy['division'], string>> = {
  blocks: 'equal blocks of the file',
  dealt: 'cut from either kind of pair by its position in the file',
};

function accuracyLine(accuracy: CrossValidatedAccuracy | undefined): string {
  if (!accuracy) return 'Accuracy: too few pairs to choose a limit on some and judge it by others';
  const { limits, folds, division, standardError } = accuracy;
  return (
    `Accuracy ${percent(accuracy.accuracy)} (${range(accuracy.range)}; ± ${percent(standardError)} over the folds), ` +
    `${folds} folds, ${divisions[division]}; limits ${limits.low.toFixed(3)} to ${limits.high.toFixed(3)}`
  );
}

function operatingLine(point: OperatingPoint, impostors: number): string {
  const { wanted, limit, falseAccepts, falseAcceptRate } = point;
  const shown = falseAccepts === 0 ? `under ${percent(falseAcceptRate.high)}, rule of three` : range(falseAcceptRate);
  return (
    `TAR ${percent(point.trueAcceptRate)} (${range(point.trueAcceptRange)}) at FAR ${wanted} ` +
    `(limit ${limit.toFixed(3)}; ${falseAccepts} of ${impostors} accepted, ${shown})`
  );
}

function crossLines({ impostor, operatingPoints }: NonNullable<AccuracyFigures['cross']>): string[] {
  return [
    `Against every stranger, ${impostor} pairs (a person is part of many, so the ranges are too narrow):`,
    ...operatingPoints.map((point) => `  ${operatingLine(point, impostor)}`),
  ];
}

function bandLine(whom: string, shares: Readonly<Record<Band, number>>): string {
  const parts = Object.entries(shares).map(([band, share]) => `${band} ${percent(share)}`);
  return `Pairs ${whom} by the bands: ${parts.join(', ')}`;
}

function range({ low, high }: Interval): string {
  return `95 %: ${percent(low)} to ${percent(high)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.001 && share > 0 ? 4 : 2)} %`;
}
