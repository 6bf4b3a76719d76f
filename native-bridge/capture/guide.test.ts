import { describe, expect, it } from 'vitest';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { createGuide } from './guide.ts';
import type { Guide, Observation } from './guide.ts';
import { loadProfile } from './profile.ts';
import { testFace } from './test-face.ts';
import type { TestFace } from './test-face.ts';
import { forPainted, guangxi, movingPainted, paintedFile, paintPicture, spots } from './test-picture.ts';

const FRAME_MS = 66;
const image = paintPicture(1280, 720, spots(150));

/** A session in fake time: every call of `show` is one frame later. */
class Session {
  readonly guide: Guide;
  atMs = 1000;
  sequence = 0;

  constructor(guide: Guide = createGuide(forPainted)) {
    this.guide = guide;
  }

  showFaces(faces: readonly FaceGeometry[]): Observation {
    this.atMs += FRAME_MS;
    this.sequence += 1;
    return this.guide.observe({ sequence: this.sequence, image, faces, atMs: this.atMs });
  }

  show(face: TestFace = {}): Observation {
    return this.showFaces([testFace(face)]);
  }

  /** The same face for a while; the last observation. */
  hold(durationMs: number, face: TestFace = {}): Observation {
    const frames = Math.ceil(durationMs / FRAME_MS);
    return Array.from({ length: frames }, () => this.show(face)).at(-1)!;
  }

  /** Frames until the shot, at most `frames` of them. */
  untilShot(face: TestFace = {}, frames = 60): Observation[] {
    const seen: Observation[] = [];
    while (seen.length < frames && seen.at(-1)?.shot !== true) seen.push(this.show(face));
    return seen;
  }
}

describe('a still that is fed as video', () => {
  const alternately = (images: readonly RgbImage[]): Observation[] => {
    const guide = createGuide(movingPainted);
    return Array.from({ length: 40 }, (_, sequence) =>
      guide.observe({
        sequence,
        image: images[sequence % images.length]!,
        faces: [testFace()],
        atMs: 1000 + sequence * FRAME_MS,
      }),
    );
  };
  const noisy = paintPicture(1280, 720, spots(151));

  it('is never taken, and said to be one', () => {
    const seen = alternately([image]);
    expect(seen.some(({ shot }) => shot)).toBe(false);
    expect(seen.at(-1)).toMatchObject({ prompt: 'still-picture', progress: 0 });
    expect(seen.at(-1)!.checks.find(({ name }) => name === 'moving-picture')).toMatchObject({ value: 40, maximum: 2 });
  });

  it('is not what a camera gives that repeats a picture once', () => {
    expect(alternately([image, image, noisy, noisy]).some(({ shot }) => shot)).toBe(true);
  });
});

describe('prompts', () => {
  it('ask for a face first', () => {
    const seen = new Session().showFaces([]);
    expect(seen).toMatchObject({ prompt: 'show-face', progress: 0, shot: false, blocking: 1, quality: 0 });
    expect(seen.faceBox).toBeUndefined();
  });

  it('come one at a time, in order, as the worker corrects one thing after the other', () => {
    const session = new Session();
    const steps: TestFace[] = [
      { eyeDistance: 70, yaw: 20, eyeGap: 0.02 },
      { yaw: 20, eyeGap: 0.02 },
      { eyeGap: 0.02 },
      {},
    ];
    const prompts = steps.map((face) => session.hold(1300, face).prompt);
    expect(prompts).toEqual(['move-closer', 'turn-right', 'open-eyes', 'done']);
  });

  it('stay long enough to be read', () => {
    const session = new Session();
    const prompts = Array.from({ length: 40 }, (_, index) => session.show({ yaw: index % 2 === 0 ? 25 : -25 }).prompt);
    const changes = prompts.filter((prompt, index) => index > 0 && prompt !== prompts[index - 1]);
    expect(changes.length).toBeLessThanOrEqual((40 * FRAME_MS) / guangxi.guiding.smoothingMs);
  });

  it('do not flicker when a value trembles at its limit', () => {
    const session = new Session();
    session.hold(600, { yaw: 8 });
    const prompts = Array.from({ length: 8 }, (_, index) => session.show({ yaw: index % 2 === 0 ? 10.4 : 9.6 }).prompt);
    expect(prompts.filter((prompt) => prompt !== 'keep-so' && prompt !== 'done')).toEqual([]);
  });

  it('tolerate a met value a little beyond its limit', () => {
    const session = new Session();
    session.hold(200, { yaw: 8 });
    const { checks, prompt } = session.hold(420, { yaw: 10.5 });
    const yaw = checks.find(({ name }) => name === 'yaw');
    expect(yaw?.value).toBeCloseTo(10.5, 5);
    expect(yaw?.status).toBe('warn');
    expect(prompt).toBe('keep-so');
  });

  it('are not about a face that has gone', () => {
    const session = new Session();
    session.hold(600, { yaw: 25 });
    session.showFaces([]);
    expect(session.show()).toMatchObject({ prompt: 'keep-so', blocking: 0 });
  });

  it('stay until the value is back at the limit itself', () => {
    const session = new Session();
    session.hold(800, { yaw: 12 });
    expect(session.hold(800, { yaw: 10.5 }).prompt).toBe('turn-right');
    expect(session.hold(800, { yaw: 9.5 }).prompt).not.toBe('turn-right');
  });
});

describe('the ring', () => {
  it('fills over the holding time and takes one shot', () => {
    const session = new Session();
    const seen = session.untilShot();
    const progress = seen.map((observation) => observation.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ shot: true, prompt: 'done', progress: 1, blocking: 0 });
    const filling = seen.filter((observation) => observation.progress > 0).length;
    expect(filling).toBe(Math.ceil(guangxi.guiding.holdingMs / FRAME_MS));
    const after = Array.from({ length: 30 }, () => session.show());
    expect(after.filter(({ shot }) => shot)).toEqual([]);
    expect(after.at(-1)).toMatchObject({ prompt: 'done', progress: 1 });
  });

  it('starts anew after a reset', () => {
    const session = new Session();
    session.untilShot();
    session.guide.reset();
    expect(session.show()).toMatchObject({ progress: 0, shot: false, prompt: 'keep-so' });
    expect(session.untilShot().at(-1)?.shot).toBe(true);
  });

  it('is emptied at once by a second face', () => {
    const session = new Session();
    expect(session.hold(500).progress).toBeGreaterThan(0.4);
    const other = testFace({ at: { x: 1050, y: 340 }, eyeDistance: 90 });
    expect(session.showFaces([testFace(), other])).toMatchObject({ progress: 0, prompt: 'one-person-only' });
    expect(session.show().progress).toBe(0);
  });

  it('is emptied at once when the face is lost', () => {
    const session = new Session();
    session.hold(500);
    expect(session.showFaces([])).toMatchObject({ progress: 0, prompt: 'show-face' });
    expect(session.show().progress).toBe(0);
    expect(session.untilShot().at(-1)?.shot).toBe(true);
  });

  it('is emptied when the picture stood still for too long to know', () => {
    const session = new Session();
    session.hold(500);
    session.atMs += 3000;
    expect(session.show().progress).toBe(0);
  });

  it('does not fill while the head moves', () => {
    const session = new Session();
    const seen = Array.from({ length: 30 }, (_, index) => session.show({ at: { x: 560 + index * 4, y: 340 } }));
    expect(seen.some(({ shot }) => shot)).toBe(false);
    expect(seen.at(-1)?.prompt).toBe('hold-still');
  });

  it('does not stay full without a shot while a value rests just beyond its limit', () => {
    const session = new Session();
    session.hold(400, { yaw: 9 });
    const seen = session.untilShot({ yaw: 10.6 });
    expect(seen.some(({ shot }) => shot)).toBe(false);
    expect(seen.at(-1)).toMatchObject({ prompt: 'turn-right', progress: 0 });
  });

  it('outlasts a blink, but never shoots on it', () => {
    const session = new Session();
    session.hold(600);
    const blink = Array.from({ length: 3 }, () => session.show({ eyeGap: 0.01 }));
    expect(blink.every(({ shot }) => !shot)).toBe(true);
    expect(blink.at(-1)?.progress).toBe(1);
    expect(session.show().shot).toBe(true);
  });
});

describe('the observation', () => {
  it('rates a good frame above one that only just passes, and that above one that fails', () => {
    const rate = (face: TestFace): number => new Session().hold(200, face).quality;
    expect(rate({})).toBeGreaterThan(rate({ yaw: 6, roll: 5 }));
    expect(rate({ yaw: 6, roll: 5 })).toBeGreaterThan(rate({ eyeGap: 0.01 }));
    expect(rate({})).toBeLessThanOrEqual(1);
  });

  it('names every check that is on, with its limits', () => {
    const { checks, passed, blocking } = new Session().hold(300);
    expect(checks).toHaveLength(34);
    // A painted picture is grey: it has no skin colour.
    expect(checks.filter(({ status }) => status !== 'pass').map(({ name }) => name)).toEqual(['natural-colour']);
    expect(passed).toBe(33);
    expect(blocking).toBe(0);
    expect(checks.find(({ name }) => name === 'roll')).toMatchObject({ minimum: -8, maximum: 8, unit: 'degree' });
  });

  it('gives the face in shares of the frame, not mirrored', () => {
    const box = new Session().show({ at: { x: 960, y: 340 } }).faceBox!;
    expect(box.x + box.width / 2).toBeCloseTo(0.75, 2);
  });

  it('leaves out what the profile switches off, and lets a warning pass', () => {
    const file = paintedFile();
    const checks = file['checks'] as Record<string, { kind: string }>;
    checks['yaw']!.kind = 'off';
    checks['eyes-open']!.kind = 'warn';
    const session = new Session(createGuide(loadProfile(file)));
    const shot = session.untilShot({ yaw: 15, eyeGap: 0.02 }).at(-1)!;
    expect(shot.shot).toBe(true);
    expect(shot.checks.map(({ name }) => name)).not.toContain('yaw');
    expect(shot.checks.find(({ name }) => name === 'eyes-open')?.status).toBe('warn');
  });
});

it('measures no later frame by those in which there may be no photo', () => {
  const session = new Session();
  const sharper = paintPicture(1280, 720, spots(250));
  for (let frame = 0; frame < 20; frame += 1) {
    session.atMs += FRAME_MS;
    session.guide.observe({ sequence: 0, image: sharper, faces: [testFace()], atMs: session.atMs }, false);
  }
  expect(session.untilShot().at(-1)?.shot).toBe(true);
});
