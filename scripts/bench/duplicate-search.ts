import { descriptorLength } from '../../native-bridge/face/descriptor.ts';
import { DescriptorIndex } from '../../native-bridge/face/descriptor-index.ts';
import { measuredSearchLimits, searchLimitFor } from '../../native-bridge/face/search-limit.ts';
import { median, quantile } from './quantile.ts';

const people = 100_000;
const rounds = 40;
const warmUp = 5;

/**
 * Descriptors of strangers have a common part: two of them lie about 0.55 apart. What varies is drawn evenly; the mean
 * distance and not the shape of the cloud decides how much of a row is read.
 */
const commonPart = 0.85;

/** Park and Miller's generator: the same people in every run. */
function randomNumbers(): () => number {
  let state = 20_190_101;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function strangers(count: number): Float32Array[] {
  const random = randomNumbers();
  const direction = Float32Array.from({ length: descriptorLength }, () => random() - 0.5);
  const scale = Math.sqrt((1 - commonPart) / commonPart);
  return Array.from({ length: count }, () => direction.map((value) => value + scale * (random() - 0.5)));
}

/** As one would write it: every person's descriptor an array of its own, each compared to the end. */
function plainLoop(descriptors: readonly Float32Array[], wanted: Float32Array, limit: number): number[] {
  const near: number[] = [];
  for (let row = 0; row < descriptors.length; row++) {
    const descriptor = descriptors[row]!;
    let sum = 0;
    for (let index = 0; index < descriptorLength; index++) sum += (descriptor[index]! - wanted[index]!) ** 2;
    if (Math.sqrt(sum) <= limit) near.push(row);
  }
  return near;
}

function unit(descriptor: Float32Array): Float32Array {
  const length = Math.sqrt(descriptor.reduce((sum, value) => sum + value * value, 0));
  return descriptor.map((value) => value / length);
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** Looks for one face among 100,000, taking turns with a plain double loop over the same people. */
export function benchDuplicateSearch(): Readonly<Record<string, number>> {
  const units = strangers(people).map(unit);
  const index = new DescriptorIndex();
  for (const descriptor of units) index.add(descriptor);
  const limit = searchLimitFor(people, measuredSearchLimits);
  const turns = Array.from({ length: warmUp + rounds }, (_, round) => {
    const wanted = units[(round * 2_477) % people]!;
    const [found] = index.within(wanted, limit);
    if (found === undefined || found.distance > 1e-3) throw new Error('the person that was looked for is not found');
    return {
      index: timed(() => index.within(wanted, limit)),
      plain: timed(() => plainLoop(units, wanted, limit)),
    };
  }).slice(warmUp);
  const times = turns.map((turn) => turn.index);
  return {
    searchedPeople: people,
    searchMs: median(times),
    searchQuietMs: quantile(times, 0.1),
    searchP95Ms: quantile(times, 0.95),
    plainLoopMs: median(turns.map((turn) => turn.plain)),
    plainLoopRatio: median(turns.map((turn) => turn.plain / turn.index)),
  };
}
