import { z } from 'zod';

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** A file of the pack: its name alone, so that nothing outside the pack can be meant. */
const fileName = z.string().regex(/^(?!\.)[\w.-]{1,100}$/);

const finite = z.number().min(-1e6).max(1e6);

/** Numbers of points that an alignment can be given by: eyes, nose tip and mouth corners, or landmarks 17 to 67. */
export const alignmentSizes = [5, 51] as const;

const points = z
  .array(z.tuple([finite, finite]))
  .refine((list) => alignmentSizes.some((size) => size === list.length), 'wants 5 or 51 points')
  .refine((list) => new Set(list.map(String)).size > 1, 'wants different points');

const metrics = ['cosine', 'euclidean'] as const;
export type Metric = (typeof metrics)[number];

const bands = z.object({
  /** As `npm run accuracy -- --pack DIR` names the pipeline; a change of pack or program makes the limits void. */
  fingerprint: text(300),
  match: z.number(),
  review: z.number(),
});

/** A pack's `manifest.json`; docs/model-packs.md explains each member. */
export const packManifestSchema = z
  .strictObject({
    format: z.literal(1),
    name: text(100),
    version: text(50),
    licence: z.strictObject({ name: text(100), text: text(100_000) }),
    source: text(500),
    model: z.strictObject({ file: fileName, sha256: z.string().regex(/^[\da-f]{64}$/) }),
    input: z.strictObject({
      /** Width and height in pixels. */
      edge: z.int().min(32).max(512),
      channels: z.enum(['RGB', 'BGR']),
      /** A channel's value 0..255 becomes (value − mean) × scale; means in the order of the channels. */
      mean: z.tuple([finite, finite, finite]),
      scale: finite.refine((scale) => scale !== 0),
    }),
    /** Where the landmarks belong, in pixels of the input. */
    alignment: z.union([z.literal('arcface-5'), z.strictObject({ points })]),
    output: z.strictObject({ name: text(100).optional(), length: z.int().min(16).max(4096) }),
    metric: z.enum(metrics),
    bands: bands.optional(),
    /** A table of false accepts as `--table` writes it. */
    falseAccepts: fileName.optional(),
    /** 32-bit floats, little-endian: an input of the net and what it has to give for it. */
    golden: z.strictObject({ input: fileName, output: fileName }).optional(),
  })
  .refine(({ metric, bands: limits }) => limits === undefined || areOrdered(metric, limits), {
    path: ['bands'],
    message: 'match has to be stricter than review, and both possible values of the metric',
  });
export type PackManifest = z.infer<typeof packManifestSchema>;

/** Distances of unit vectors reach from 0 to 2, similarities from 1 down to -1. */
function areOrdered(metric: Metric, { match, review }: { readonly match: number; readonly review: number }): boolean {
  const [near, far] = [unitDistance(metric, match), unitDistance(metric, review)];
  return near > 0 && near < far && far < 2;
}

/** A value of the metric as distance of unit vectors, which everything else in the program works with. */
export function unitDistance(metric: Metric, value: number): number {
  return metric === 'euclidean' ? value : Math.sqrt(2 - 2 * value);
}

/** The other way round, for a manifest. */
export function metricValue(metric: Metric, distance: number): number {
  return metric === 'euclidean' ? distance : 1 - distance ** 2 / 2;
}
