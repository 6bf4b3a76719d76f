import { analysePicture, detectInFrame, measuredFace } from './analyse.ts';
import type { AnalysisNets } from './analyse.ts';
import type { Detection } from './detection.ts';
import { placeMeshAgain } from './mesh.ts';
import { PicturePyramid } from './picture-pyramid.ts';
import { eyeCentres, landmarkPoints } from './landmarks.ts';
import { centroid } from './similarity.ts';
import type { Box, FaceGeometry, RgbImage } from './types.ts';

/**
 * Finds the faces of one frame of a stream. Frames have to come one after the other; two streams need two followers.
 */
export type FaceFollower = (image: RgbImage) => Promise<readonly FaceGeometry[]>;

/**
 * A face that was found alone is followed by its mesh for this many frames before the whole frame is searched again:
 * at ten frames a second somebody who steps into view is noticed within 0.3 s.
 */
const framesFollowed = 2;

/** A mesh that moved further than this between two frames, in eye distances, may have come to lie on another head. */
const maximumShift = 0.5;

/** A mesh whose eyes lie further than this from where the detector sees them, in eye distances, has slipped. */
const maximumSlip = 0.35;

/** Follows the only face of a stream and detects anew when it is lost, when there are several, and now and then. */
export function followFaces(nets: () => AnalysisNets): FaceFollower {
  let known: FaceGeometry | undefined;
  let followed = 0;
  return async (image) => {
    const isSearched = followed >= framesFollowed;
    const again = known && (await (isSearched ? lookAround : findAgain)(nets(), image, known));
    followed = again && !isSearched ? followed + 1 : 0;
    const faces = again ? [again] : await analysePicture(nets(), image, 'live');
    known = faces.length === 1 ? faces[0] : undefined;
    return faces;
  };
}

/**
 * Searches the whole frame for somebody else. While the detector sees but the one face, and where its mesh lies, the
 * mesh need not be placed anew from the detector's rough points, which takes as long again.
 */
async function lookAround(nets: AnalysisNets, image: RgbImage, known: FaceGeometry): Promise<FaceGeometry | undefined> {
  const [[only, ...others], face] = await Promise.all([
    detectInFrame(nets.detector, image),
    findAgain(nets, image, known),
  ]);
  if (only === undefined || others.length > 0) return undefined;
  return face && isWhere(only, face) ? { ...face, box: only.box, score: only.score } : undefined;
}

function isWhere({ keypoints }: Detection, { landmarks, eyeDistance }: FaceGeometry): boolean {
  return eyeCentres(landmarks).every((eye, index) => {
    const seen = keypoints[index];
    return seen !== undefined && Math.hypot(eye.x - seen.x, eye.y - seen.y) <= maximumSlip * eyeDistance;
  });
}

async function findAgain(nets: AnalysisNets, image: RgbImage, known: FaceGeometry): Promise<FaceGeometry | undefined> {
  const mesh = await placeMeshAgain(nets.mesh, PicturePyramid.of(image), known.mesh);
  const [face] = measuredFace({ box: known.box, score: known.score }, mesh);
  if (!face) return undefined;
  const [from, to] = [centroid(landmarkPoints(known.landmarks)), centroid(landmarkPoints(face.landmarks))];
  const shift = { x: to.x - from.x, y: to.y - from.y };
  if (Math.hypot(shift.x, shift.y) > maximumShift * known.eyeDistance) return undefined;
  return { ...face, box: movedBox(known.box, shift, face.eyeDistance / known.eyeDistance) };
}

/** The detector's box where the face is now. */
function movedBox(box: Box, shift: { readonly x: number; readonly y: number }, scale: number): Box {
  const [width, height] = [box.width * scale, box.height * scale];
  const centre = { x: box.x + box.width / 2 + shift.x, y: box.y + box.height / 2 + shift.y };
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}
