import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { actedFrame } from './acting.ts';
import type { FrameView } from './frontal-view.ts';
import { deskFrame, emptyFrame, type Sitter } from './sitters.ts';

/** Size of the film, and of the frames that Chromium's file-fed camera delivers from it. */
const width = 1280;
const height = 720;

/** Chromium plays Motion JPEG at this rate and begins again at the end. */
const framesPerSecond = 30;

/**
 * A stretch of film; the person is shown from `distance` 1 (as wanted) up to 2 (too far away), or not at all, with the
 * head `turned` by so many degrees (the nose to the picture's right).
 */
export interface Scene {
  readonly seconds: number;
  readonly person?: Sitter;
  readonly distance?: number;
  readonly turned?: number;
}

/** Eye distance in pixels at distance 1. */
const nearEyeDistance = 135;

/** Nobody holds still to the pixel: the head sways by this much, and the film is not a still picture. */
const swayPixels = 0.8;
const swaySteps = 15;
/** A desk looks at fewer than thirty frames a second: none of its looks in a row falls on one drawn frame three times. */
const framesPerStep = 2;

function viewAt(distance: number, step: number): FrameView {
  const angle = (2 * Math.PI * step) / swaySteps;
  return {
    width,
    height,
    centreX: width / 2 + swayPixels * Math.cos(angle),
    centreY: height * 0.52 + swayPixels * Math.sin(angle),
    eyeDistance: nearEyeDistance / distance,
  };
}

/**
 * Chromium takes the film's full-range JPEG values for the limited range of video and stretches them, so they are
 * squeezed beforehand: what the page sees is what was drawn.
 */
function squeezed(frame: Buffer): Promise<Buffer> {
  return sharp(frame)
    .linear(219 / 255, 16)
    .jpeg({ quality: 92, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

async function framesOf({ person, distance = 1, turned = 0 }: Scene): Promise<readonly Buffer[]> {
  if (person === undefined)
    return Promise.all(Array.from({ length: swaySteps }, async () => squeezed(await emptyFrame(width, height))));
  const views = Array.from({ length: swaySteps }, (_, step) => viewAt(distance, step));
  return Promise.all(
    views.map(async (view) => squeezed(await deskFrame(person, view, actedFrame(person, view, { yaw: turned })))),
  );
}

/** Writes a film for Chromium's `--use-file-for-fake-video-capture`. */
export async function writeFilm(path: string, scenes: readonly Scene[]): Promise<void> {
  const film: Buffer[] = [];
  for (const scene of scenes) {
    const frames = await framesOf(scene);
    for (let index = 0; index < scene.seconds * framesPerSecond; index++) {
      // The head sways once a second.
      film.push(frames[Math.floor(index / framesPerStep) % frames.length] ?? Buffer.alloc(0));
    }
  }
  await writeFile(path, Buffer.concat(film));
}

/** One still of a person as wanted, for making that person's practice card. */
export const portraitOf = (person: Sitter): Promise<Buffer> => deskFrame(person, viewAt(1, 0));
