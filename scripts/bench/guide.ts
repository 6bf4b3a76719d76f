/**
 * Measures guidance of one camera frame from JPEG to prompt: decoding, detection or following, mesh and every check of
 * the usual profile, on a stream of 1280 × 720 frames of a person who sways a little.
 */
import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { deskFrame, findSitters } from '../../e2e/devices/sitters.ts';
import { createGuide } from '../../native-bridge/capture/guide.ts';
import { loadProfile } from '../../native-bridge/capture/profile.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import { createFaceEngine } from '../../native-bridge/face/face-engine.ts';
import { PicturePyramid } from '../../native-bridge/face/picture-pyramid.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { median, quantile } from './quantile.ts';

const frames = 300;
const warmUp = 20;
const view = { width: 1280, height: 720, eyeDistance: 130 } as const;
const sway = [
  { centreX: 640, centreY: 374 },
  { centreX: 641, centreY: 374 },
  { centreX: 641, centreY: 375 },
  { centreX: 640, centreY: 375 },
] as const;

/** Prints the figures and, as the last line, the same as JSON. */
export async function benchGuide(): Promise<void> {
  const file = join(import.meta.dirname, '..', '..', 'assets', 'capture-profiles', 'guangxi.json');
  const guide = createGuide(loadProfile(JSON.parse(await readFile(file, 'utf8'))));
  const { first } = await findSitters(['first']);
  const film = await Promise.all(sway.map((place) => deskFrame(first, { ...view, ...place })));
  const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  const follow = engine.follow();
  const times = {
    decode: [] as number[],
    faces: [] as number[],
    checks: [] as number[],
    whole: [] as number[],
    processor: [] as number[],
  };
  const load = loadavg()[0] ?? 0;
  for (let sequence = 0; sequence < frames + warmUp; sequence++) {
    const usedBefore = process.cpuUsage();
    const startedAt = performance.now();
    const image = await decodePicture(film[sequence % film.length]!);
    const decodedAt = performance.now();
    const faces = await follow(image);
    const foundAt = performance.now();
    guide.observe({ sequence, image, faces, atMs: foundAt });
    // As the camera step does with frames that are not among the best.
    PicturePyramid.release(image);
    const endedAt = performance.now();
    const used = process.cpuUsage(usedBefore);
    if (sequence < warmUp) continue;
    times.decode.push(decodedAt - startedAt);
    times.faces.push(foundAt - decodedAt);
    times.checks.push(endedAt - foundAt);
    times.whole.push(endedAt - startedAt);
    times.processor.push((used.user + used.system) / 1000);
  }
  await engine.close();
  const figures = {
    frames,
    frameMs: median(times.whole),
    frameP95Ms: quantile(times.whole, 0.95),
    frameQuietMs: quantile(times.whole, 0.1),
    decodeMs: median(times.decode),
    facesMs: median(times.faces),
    checksMs: median(times.checks),
    checksP95Ms: quantile(times.checks, 0.95),
    // What the frame itself costs, both processors together: a busy machine adds waiting to the times above, not to this.
    processorMs: median(times.processor),
    processorP95Ms: quantile(times.processor, 0.95),
    processors: cpus().length,
    loadBefore: load,
  };
  const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]));
  console.table(rounded);
  console.log(JSON.stringify(rounded));
}
