import { borderColour, nominalCardFace } from './card-frame.ts';
import { detectFaces } from './detect.ts';
import { containment, mergeDetections } from './detection.ts';
import type { Detection } from './detection.ts';
import { tiles, wholePicture } from './detection-regions.ts';
import { eyeDistance, landmarkPoints, landmarksFromMesh } from './landmarks.ts';
import { placeMeshes } from './mesh.ts';
import type { FaceMesh } from './mesh.ts';
import type { Net } from './net.ts';
import { PicturePyramid } from './picture-pyramid.ts';
import { poseFromMesh } from './pose.ts';
import type { Rgb } from './resample.ts';
import { centroid } from './similarity.ts';
import type { SquareRegion } from './square-region.ts';
import type { Box, FaceGeometry, RgbImage } from './types.ts';

/** The two nets that find and measure faces. */
export interface AnalysisNets {
  readonly detector: Net;
  readonly mesh: Net;
}

/** `live` looks at the whole frame once, `still` also looks closer for small faces. */
export type AnalysisEffort = 'live' | 'still';

/** How the face of a card photo was found; by its frame means the detector saw nothing where GA 461 puts a face. */
export type PortraitAnalysis =
  | { readonly kind: 'face'; readonly located: 'detector' | 'card-frame'; readonly face: FaceGeometry }
  | { readonly kind: 'no-face' };

const minimumScore = 0.5;
/** A closer look sees more texture that only resembles a face. */
const minimumTileScore = 0.65;
const minimumMeshConfidence = 0.5;
/** The detector works at 256 px; a closer look reads the picture at one to one and a half picture pixels each. */
const tileEdges = [720, 384];
const maximumTiles = 24;
const black: Rgb = [0, 0, 0];

/** Finds all faces of a picture, largest first. */
export async function analysePicture(
  nets: AnalysisNets,
  image: RgbImage,
  effort: AnalysisEffort,
): Promise<readonly FaceGeometry[]> {
  const pyramid = PicturePyramid.of(image);
  let found = await detectInFrame(nets.detector, image);
  if (effort === 'still' || found.length === 0) found = await lookCloser(nets.detector, pyramid, found);
  if (effort === 'still' && found.length === 0) found = await lookWider(nets.detector, pyramid);
  const meshes = await placeMeshes(nets.mesh, pyramid, found, black);
  const faces = found.flatMap((detection, index) => measuredFace(detection, meshes[index]));
  return withoutRepetitions(faces).sort((left, right) => area(right.box) - area(left.box));
}

/** What the detector sees in the whole picture at one look. */
export function detectInFrame(detector: Net, image: RgbImage): Promise<Detection[]> {
  const options = { outside: black, minimumScore };
  return detectFaces(detector, PicturePyramid.of(image), [wholePicture(image)], options);
}

async function lookCloser(detector: Net, image: PicturePyramid, found: readonly Detection[]): Promise<Detection[]> {
  const { width, height } = image.picture;
  const edges = tileEdges.filter((edge) => edge < Math.max(width, height));
  const regions = edges.map((edge) => tiles({ width, height }, edge)).filter((list) => list.length <= maximumTiles);
  const closer = await detectFaces(detector, image, regions.flat(), { outside: black, minimumScore: minimumTileScore });
  return mergeDetections([...found, ...closer]);
}

/** A head that fills its picture is found when there is room around it, as in the pictures the detector learned from. */
async function lookWider(detector: Net, image: PicturePyramid): Promise<Detection[]> {
  return detectFaces(detector, image, withRoom(image.picture, [1.5, 2.2]), { outside: black, minimumScore });
}

function withRoom(image: RgbImage, rooms: readonly number[]): SquareRegion[] {
  const whole = wholePicture(image);
  return rooms.map((room) => ({ ...whole, size: whole.size * room }));
}

/** Finds the one face of an identity-card photo of any size, usually 102 × 126. */
export async function analyseCardPortrait(nets: AnalysisNets, image: RgbImage): Promise<PortraitAnalysis> {
  const outside = borderColour(image);
  const pyramid = PicturePyramid.of(image);
  const detection = await detectInPaddedPortrait(nets.detector, pyramid, outside);
  const located = detection ? 'detector' : 'card-frame';
  const assumed = detection ?? nominalCardFace(image);
  const [mesh] = await placeMeshes(nets.mesh, pyramid, [assumed], outside);
  const [face] = measuredFace(assumed, mesh);
  return face ? { kind: 'face', located, face } : { kind: 'no-face' };
}

/** The detector wants room around a head, which a card photo does not leave; several amounts of room are tried. */
async function detectInPaddedPortrait(
  detector: Net,
  image: PicturePyramid,
  outside: Rgb,
): Promise<Detection | undefined> {
  const regions = withRoom(image.picture, [1.2, 1.6, 2.2]);
  const [largest] = (await detectFaces(detector, image, regions, { outside, minimumScore })).sort(
    (left, right) => area(right.box) - area(left.box),
  );
  return largest;
}

/** The face that a mesh shows, or nothing when the mesh does not lie on a face. */
export function measuredFace(detection: Pick<Detection, 'box' | 'score'>, mesh: FaceMesh | undefined): FaceGeometry[] {
  if (!mesh || mesh.confidence < minimumMeshConfidence) return [];
  const landmarks = landmarksFromMesh(mesh.points);
  return [
    {
      box: detection.box,
      score: detection.score,
      mesh: mesh.points,
      landmarks,
      pose: poseFromMesh(mesh.points),
      eyeDistance: eyeDistance(landmarks),
    },
  ];
}

/**
 * Two detections whose meshes came to lie on the same face count once, as the surer of both: heads side by side are
 * at least two eye distances apart.
 */
function withoutRepetitions(faces: readonly FaceGeometry[]): FaceGeometry[] {
  const surest = faces.toSorted((left, right) => right.score - left.score);
  return surest.filter((face, index) => !surest.slice(0, index).some((surer) => onSameHead(surer, face)));
}

function onSameHead(left: FaceGeometry, right: FaceGeometry): boolean {
  const [from, to] = [centroid(landmarkPoints(left.landmarks)), centroid(landmarkPoints(right.landmarks))];
  const apart = Math.hypot(to.x - from.x, to.y - from.y);
  return apart < Math.max(left.eyeDistance, right.eyeDistance) || containment(left.box, right.box) > 0.6;
}

function area({ width, height }: Box): number {
  return width * height;
}
