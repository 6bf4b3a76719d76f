import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type FrameView, frontalView } from '../../e2e/devices/frontal-view.ts';
import { deskFrame, findSitters, type Sitter } from '../../e2e/devices/sitters.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import type { FaceEngine } from '../../native-bridge/face/face-engine.ts';
import type { FaceGeometry, HeadPose, RgbImage } from '../../native-bridge/face/types.ts';

/** A person as the camera would show them, sitting and lit as wanted; `shown` shows the same person in another way. */
export interface Portrait {
  readonly name: string;
  readonly frame: RgbImage;
  /** The face that the engine found in `frame`. */
  readonly face: FaceGeometry;
  readonly shown: (change: ViewChange) => Promise<RgbImage>;
}

export interface ViewChange extends Partial<FrameView> {
  /** How far the head is turned away from where it looks now, in degrees. */
  readonly turned?: Partial<HeadPose>;
}

export const usualView: FrameView = { width: 1280, height: 720, centreX: 640, centreY: 374, eyeDistance: 130 };

/** How the two people of the sample pictures sit in the portraits: the more views, the more portraits. */
const sittings: readonly Partial<FrameView>[] = [
  {},
  { eyeDistance: 122, centreX: 600 },
  { eyeDistance: 138, centreX: 670 },
  { eyeDistance: 126, centreY: 392 },
];

/** Portraits of the two people in the sample pictures of an npm package, `views` of each. */
export async function samplePortraits(engine: FaceEngine, views = sittings.length): Promise<Portrait[]> {
  const people = await findSitters(['first', 'second']);
  const wanted = Object.entries(people).flatMap(([name, sitter]) =>
    sittings.slice(0, views).map((sitting, index) => ({ name: `${name}-${index + 1}`, sitter, sitting })),
  );
  return inTurn(wanted, ({ name, sitter, sitting }) => {
    const show = async ({ turned = {}, ...view }: ViewChange) =>
      decodePicture(await deskFrame(turnedBy(sitter, turned), { ...usualView, ...sitting, ...view }));
    return portraitOf(engine, name, show);
  });
}

/** Portraits of the pictures NAME_neutral.jpg in a folder, each of one person before a plain wall. */
export async function folderPortraits(
  engine: FaceEngine,
  folder: string,
  skipped: number,
  most: number,
): Promise<Portrait[]> {
  const named = (await readdir(folder)).filter((name) => name.endsWith('_neutral.jpg')).toSorted();
  const files = named.slice(skipped, skipped + most);
  return inTurn(files, async (file) => {
    const image = await decodePicture(await readFile(join(folder, file)));
    const [face] = await engine.analyse(image, 'still');
    if (face === undefined) throw new Error(`no face in ${file}`);
    const asTaken: Sitter = { image, face: { ...face, pose: { yaw: 0, pitch: 0, roll: 0 } } };
    const show = ({ turned = {}, ...view }: ViewChange) => {
      const sitter = turnedBy(asTaken, turned);
      return asJpeg(frontalView(sitter.image, sitter.face, { ...usualView, ...view }), 92);
    };
    return portraitOf(engine, file, show);
  });
}

/** As a camera delivers it: through a JPEG of this quality. */
export async function asJpeg({ width, height, data }: RgbImage, quality: number): Promise<RgbImage> {
  const raw = { width, height, channels: 3 } as const;
  return decodePicture(await sharp(data, { raw }).jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer());
}

/** A sitter whose pose is told wrong is turned by the difference when shown from the front. */
function turnedBy({ image, face }: Sitter, { yaw = 0, pitch = 0, roll = 0 }: Partial<HeadPose>): Sitter {
  const { pose } = face;
  return { image, face: { ...face, pose: { yaw: pose.yaw - yaw, pitch: pose.pitch - pitch, roll: pose.roll - roll } } };
}

async function portraitOf(engine: FaceEngine, name: string, shown: Portrait['shown']): Promise<Portrait> {
  const frame = await shown({});
  const [face] = await engine.analyse(frame);
  if (face === undefined) throw new Error(`no face in the portrait ${name}`);
  return { name, frame, face, shown };
}

async function inTurn<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}
