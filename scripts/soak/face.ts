/**
 * Guides for a long time and looks at the memory: frames are decoded, followed and now and then described, as in the
 * bridge, with a face that leaves and comes back. Native memory counts, so it is the process's resident size that must
 * stay.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deskFrame, emptyFrame, findSitters } from '../../e2e/devices/sitters.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import { createFaceEngine, type FaceEngine } from '../../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How often the face is gone and how often it is described, in frames. */
const every = { empty: 40, described: 100 } as const;

/** Limit of growth of the resident memory between the end of warming up and the end. */
const allowedGrowth = 0.05;
const looks = 20;

function residentBytes(): number {
  collectGarbage();
  return process.memoryUsage.rss();
}

async function prepareFrames(): Promise<readonly [Uint8Array, Uint8Array]> {
  const { first } = await findSitters(['first']);
  const view = { width: 1280, height: 720, centreX: 640, centreY: 330, eyeDistance: 130 };
  return [await deskFrame(first, view), await emptyFrame(1280, 720)];
}

async function guideOnce(
  index: number,
  engine: FaceEngine,
  follow: ReturnType<FaceEngine['follow']>,
  jpeg: Uint8Array,
): Promise<boolean> {
  const image = await decodePicture(jpeg);
  const [face] = await follow(image);
  if (face && index % every.described === 0) await engine.describe(image, face, 'thorough');
  return face !== undefined;
}

/** Resolves to whether the memory stayed flat; prints the figures and, as the last line, JSON. */
export async function soakFace(frames: number): Promise<boolean> {
  const [person, empty] = await prepareFrames();
  const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
  const follow = engine.follow();
  const warmUp = Math.ceil(frames / 5);
  const resident: number[] = [];
  let found = 0;
  const startedAt = performance.now();
  for (let index = 1; index <= frames; index++) {
    const jpeg = index % every.empty === 0 ? empty : person;
    if (await guideOnce(index, engine, follow, jpeg)) found++;
    if (index === warmUp || (index > warmUp && index % Math.ceil(frames / looks) === 0)) resident.push(residentBytes());
  }
  await engine.close();
  const [first = NaN] = resident;
  const growth = ((resident.at(-1) ?? NaN) - first) / first;
  const isFlat = growth <= allowedGrowth;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const megabytes = resident.map((bytes) => Math.round(bytes / 1e6));
  console.log(JSON.stringify({ frames, found, seconds, megabytes, growth: Number(growth.toFixed(4)), isFlat }));
  return isFlat && found === frames - Math.floor(frames / every.empty);
}
