import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import { PicturePyramid } from './picture-pyramid.ts';
import { regionToPicture } from './square-region.ts';
import type { FaceGeometry, RgbImage } from './types.ts';

/** The nets want the whole head and a little of what is around it. */
const cropMargin = 1.4;

type PassiveNet = 'antispoof' | 'liveness';

/** One passive net's opinion that the face is live, 0..1. Both are weak (docs/liveness.md) and decide nothing. */
export async function passiveScore(
  name: PassiveNet,
  net: Net,
  image: RgbImage,
  { box, pose }: Pick<FaceGeometry, 'box' | 'pose'>,
): Promise<number> {
  const { shape, normalisation } = modelCatalogue[name].input;
  const edge = shape[3];
  const region = {
    centreX: box.x + box.width / 2,
    centreY: box.y + box.height / 2,
    size: cropMargin * Math.max(box.width, box.height),
    angle: (pose.roll * Math.PI) / 180,
  };
  const target = { edge, toPicture: regionToPicture(region, edge), normalisation };
  const outputs = await net.run(1, (planes) => PicturePyramid.of(image).read(target, planes));
  // Both nets name the live class first.
  return requireOutput(outputs, modelCatalogue[name].outputs[0].name)[0] ?? 0;
}
