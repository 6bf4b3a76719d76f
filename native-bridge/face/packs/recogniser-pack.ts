import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BandLimits } from '../bands.ts';
import { meanDescriptor } from '../descriptor.ts';
import type { FaceEngine } from '../face-engine.ts';
import { pinnedFingerprint } from '../face-models.ts';
import type { FalseAcceptTable } from '../false-accepts.ts';
import { liveTreatmentName } from '../pipeline-fingerprint.ts';
import { softeningName } from '../soften.ts';
import type { RgbImage } from '../types.ts';
import { mirroredPlanes } from '../resample.ts';
import { cutPackChip } from './pack-alignment.ts';
import { PackError } from './pack-error.ts';
import { jsonOf, readFloats, readManifest, readModel, readPackFile } from './pack-files.ts';
import { type PackManifest, unitDistance } from './pack-manifest.ts';
import { openPackNet, type PackNet } from './pack-net.ts';

/** A recogniser that a site brings. */
export interface RecogniserPack {
  readonly manifest: PackManifest;
  /** Names model, alignment, averaging and treatment, as the built-in one's does. */
  readonly fingerprint: string;
  /** Present where they were measured with this fingerprint. */
  readonly limits: BandLimits | undefined;
  readonly falseAccepts: FalseAcceptTable | undefined;
  /** Of unit length; numbers that are none where the model gives none. */
  describe(image: RgbImage, landmarks: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Each face is read as it is and mirrored. */
const averagingName = 'mirror-2.unit';

/** Deviation of the golden output that processors explain, as a share of its length. */
const goldenTolerance = 0.01;

const largestTable = 1024 * 1024;

const shareSchema = z.number().min(0).max(1);
const tableSchema = z.object({
  fingerprint: z.string(),
  dataSets: z.array(z.string()),
  people: z.int(),
  pairs: z.int(),
  unseen: z.object({ below: z.number(), atMost: shareSchema }),
  rows: z.array(z.object({ distance: z.number(), atLeast: shareSchema, atMost: shareSchema })).max(10_000),
});

/**
 * Opens the pack of a folder: its model is the one of its manifest, takes and gives what that says, gives numbers, and
 * computes what it should where the pack tells what that is. Throws `PackError`.
 */
export async function openPack(folder: string): Promise<RecogniserPack> {
  const manifest = await readManifest(folder);
  const fingerprint = fingerprintOf(manifest);
  const falseAccepts = await readTable(folder, manifest, fingerprint);
  const net = await openPackNet(await readModel(folder, manifest.model), manifest);
  try {
    await selfTest(folder, manifest, net);
  } catch (cause) {
    await net.close();
    throw cause;
  }
  return {
    manifest,
    fingerprint,
    limits: limitsOf(manifest, fingerprint),
    falseAccepts,
    describe: (image, landmarks) => describe(net, manifest, image, landmarks),
    close: () => net.close(),
  };
}

/** The engine with the pack's recogniser in the place of its own; faces are found and measured as before. */
export function withRecogniser(engine: FaceEngine, pack: RecogniserPack): FaceEngine {
  return {
    ...engine,
    comparison: engine.analysis,
    fingerprint: pack.fingerprint,
    describe: (image, { landmarks }) => pack.describe(image, landmarks),
    describeEach: async (faces) => {
      const described: Float32Array[] = [];
      for (const { image, landmarks } of faces) described.push(await pack.describe(image, landmarks));
      return described;
    },
  };
}

function fingerprintOf({ model, input, alignment, output }: PackManifest): string {
  const settings = createHash('sha256')
    .update(JSON.stringify([input, alignment, output]))
    .digest('hex');
  return [
    `pack-${model.sha256.slice(0, 12)}-${settings.slice(0, 12)}`,
    `mesh-${pinnedFingerprint('facemesh').slice(0, 12)}`,
    averagingName,
    softeningName,
    liveTreatmentName,
  ].join('/');
}

/**
 * How far frames of one session, and their distances to the card, may lie apart: as parts of the limit beyond which people
 * are strangers, those of the built-in recogniser.
 */
const sessionShare = 0.36 / 0.44;
const spreadShare = 0.08 / 0.44;

function limitsOf({ bands, metric }: PackManifest, fingerprint: string): BandLimits | undefined {
  if (bands?.fingerprint !== fingerprint) return undefined;
  const review = unitDistance(metric, bands.review);
  return {
    fingerprint,
    match: unitDistance(metric, bands.match),
    review,
    session: sessionShare * review,
    spread: spreadShare * review,
  };
}

async function readTable(
  folder: string,
  { falseAccepts }: PackManifest,
  fingerprint: string,
): Promise<FalseAcceptTable | undefined> {
  if (falseAccepts === undefined) return undefined;
  const table = tableSchema.safeParse(jsonOf(await readPackFile(folder, falseAccepts, largestTable)));
  if (!table.success) throw new PackError('manifest', `${falseAccepts} is no table of false accepts`);
  return table.data.fingerprint === fingerprint ? table.data : undefined;
}

/** A pattern in the value range of pictures; what a net gives for it has to be numbers. */
function pattern({ input: { edge, scale } }: PackManifest): Float32Array {
  return Float32Array.from({ length: 3 * edge * edge }, (_, index) => 100 * scale * Math.sin(index / 9));
}

async function selfTest(folder: string, manifest: PackManifest, net: PackNet): Promise<void> {
  if (!isDirection(await net.run(pattern(manifest)))) throw new PackError('self-test', 'the model gives no numbers');
  const { golden, input, output } = manifest;
  if (golden === undefined) return;
  const wanted = await readFloats(folder, golden.output, output.length);
  const given = await net.run(await readFloats(folder, golden.input, 3 * input.edge ** 2));
  const difference = lengthOf(given.map((value, index) => value - wanted[index]!));
  // Put this way round, what is no number fails.
  if (!(difference <= goldenTolerance * lengthOf(wanted)))
    throw new PackError('self-test', `the golden output is missed by ${difference}`);
}

async function describe(
  net: PackNet,
  manifest: PackManifest,
  image: RgbImage,
  landmarks: Float32Array,
): Promise<Float32Array> {
  const chip = cutPackChip(image, landmarks, manifest);
  const readings = [await net.run(chip), await net.run(mirroredPlanes(chip, manifest.input.edge))];
  return readings.every(isDirection)
    ? meanDescriptor(readings)
    : new Float32Array(manifest.output.length).fill(Number.NaN);
}

const lengthOf = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Numbers that point anywhere at all. */
function isDirection(values: Float32Array): boolean {
  const length = lengthOf(values);
  return Number.isFinite(length) && length > 0;
}
