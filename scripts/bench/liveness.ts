/**
 * Measures what the liveness challenge sees of people who act: every picture given (without any, the sample people) is
 * made to blink, turn, nod and open the mouth by warping it, and the films of that are held against every sequence that
 * can be asked for. A picture that is warped cannot turn, so turns are put in as numbers. Warped pictures are no attacks
 * and no living people: they show what the rules do with clear movements.
 */
import { readFile } from 'node:fs/promises';
import { actedFrame, type Expression } from '../../e2e/devices/acting.ts';
import { findSitters, type Sitter } from '../../e2e/devices/sitters.ts';
import { createChallenge, type Sight } from '../../native-bridge/capture/liveness/challenge.ts';
import { extentOf } from '../../native-bridge/capture/liveness/extent.ts';
import type { FaceSigns } from '../../native-bridge/capture/liveness/signs.ts';
import { signsOf } from '../../native-bridge/capture/liveness/signs.ts';
import { hintsOf } from '../../native-bridge/capture/liveness/signals.ts';
import { patternOf } from '../../native-bridge/capture/liveness/pattern.ts';
import type { LivenessStep } from '../../native-bridge/contract/liveness.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import { createFaceEngine, type FaceEngine } from '../../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { modelsOnDemand } from '../../native-bridge/face/models-on-demand.ts';
import type { RgbImage } from '../../native-bridge/face/types.ts';
import { openLivenessSenses } from '../../native-bridge/station/liveness-senses.ts';
import { median, quantile } from './quantile.ts';

type Senses = Awaited<ReturnType<typeof openLivenessSenses>>['senses'];

const view = { width: 640, height: 480, centreX: 320, centreY: 250, eyeDistance: 100 };
const frameMs = 100;
const turnSteps = ['turn-left', 'turn-right'] as const;
const otherSteps = ['blink', 'open-mouth', 'nod'] as const;

/** All twelve sequences that can be asked for. */
const plans: readonly (readonly [LivenessStep, LivenessStep])[] = turnSteps.flatMap((turn) =>
  otherSteps.flatMap((other): [LivenessStep, LivenessStep][] => [
    [turn, other],
    [other, turn],
  ]),
);

const acts: Readonly<Record<(typeof otherSteps)[number], Expression>> = {
  blink: { blink: 1 },
  'open-mouth': { mouth: 0.45 },
  nod: { pitch: -32 },
};

/** Degrees of the mesh for a head that is clearly turned. */
const turnedYaw = 20;

/** What is measured of one person at rest and in each movement. */
interface Actor {
  readonly rest: FaceSigns;
  readonly moving: Readonly<Partial<Record<LivenessStep, FaceSigns>>>;
}

async function signsIn(engine: FaceEngine, senses: Senses, image: RgbImage): Promise<FaceSigns | undefined> {
  const [face] = await engine.analyse(image);
  return face && signsOf(face, await senses.lids(image, face));
}

async function actorOf(engine: FaceEngine, senses: Senses, person: Sitter): Promise<Actor | undefined> {
  const image = actedFrame(person, view, {});
  const [face] = await engine.analyse(image);
  const rest = await signsIn(engine, senses, image);
  if (face === undefined || rest === undefined) return undefined;
  const turned = (yaw: number): FaceSigns => ({ ...rest, yaw: rest.yaw + yaw });
  const moving: Partial<Record<LivenessStep, FaceSigns>> = {
    'turn-left': turned(turnedYaw),
    'turn-right': turned(-turnedYaw),
  };
  for (const step of otherSteps) {
    const signs = await signsIn(engine, senses, actedFrame(person, view, acts[step], face));
    if (signs !== undefined) moving[step] = signs;
  }
  return { rest, moving };
}

const held = (signs: FaceSigns | undefined, frames: number): Sight[] =>
  Array.from({ length: frames }, () => (signs ? { kind: 'face', signs, isPlaced: true } : { kind: 'none' }));

const filmOf = ({ rest, moving }: Actor, steps: readonly LivenessStep[]): readonly Sight[] => [
  ...held(rest, 15),
  ...steps.flatMap((step) => [...held(moving[step], 4), ...held(rest, 8)]),
];

function isPassed(steps: readonly LivenessStep[], film: readonly Sight[]): boolean {
  const challenge = createChallenge({ steps, pausesMs: steps.map(() => 300) });
  const states = film.map((sight, index) => challenge.look(sight, index * frameMs));
  return states.at(-1)?.phase === 'passed';
}

interface Score {
  passed: number;
  of: number;
}
const scoreText = ({ passed, of }: Score) => `${passed} of ${of} (${((100 * passed) / of).toFixed(1)} %)`;

function scored(actors: readonly Actor[], tries: (actor: Actor) => readonly boolean[]): string {
  const score: Score = { passed: 0, of: 0 };
  for (const outcome of actors.flatMap(tries)) {
    score.of++;
    if (outcome) score.passed++;
  }
  return scoreText(score);
}

function reportChallenge(actors: readonly Actor[]): void {
  const own = (actor: Actor) => plans.map((plan) => isPassed(plan, filmOf(actor, plan)));
  const other = (actor: Actor) =>
    plans.flatMap((plan) => plans.flatMap((film) => (film === plan ? [] : [isPassed(plan, filmOf(actor, film))])));
  const still = (actor: Actor) => plans.map((plan) => isPassed(plan, held(actor.rest, 200)));
  console.log(`${actors.length} people, ${plans.length} sequences each`);
  console.log(`films of what was asked for, passed: ${scored(actors, own)}`);
  console.log(`films of another sequence, passed: ${scored(actors, other)}`);
  console.log(`stills, passed: ${scored(actors, still)}`);
  for (const step of otherSteps) {
    const extents = actors.flatMap(({ rest, moving }) => (moving[step] ? [extentOf(step, moving[step], rest)] : []));
    const seen = scoreText({ passed: extents.filter((extent) => extent >= 1).length, of: actors.length });
    console.log(`  ${step}: seen in ${seen}, median extent ${median(extents).toFixed(2)}`);
  }
}

/** The pictures as they are: what the passive signals say of people who were really there. */
async function reportSignals(engine: FaceEngine, senses: Senses, images: readonly RgbImage[]): Promise<void> {
  const rows: { antispoof?: number; liveness?: number; pattern: number }[] = [];
  for (const image of images) {
    const [face] = await engine.analyse(image);
    if (face) rows.push({ ...(await senses.scores(image, face)), pattern: patternOf(image, face.box) });
  }
  const hinted = rows.filter((row) => hintsOf({ frames: 1, identicalFrames: 1, ...row }).length > 0).length;
  console.log(`passive signals of ${rows.length} pictures of people, with a hint: ${hinted}`);
  for (const name of ['antispoof', 'liveness', 'pattern'] as const) {
    const values = rows.flatMap((row) => row[name] ?? []);
    const [low, high] = [quantile(values, 0.05), quantile(values, 0.95)].map((value) => value.toFixed(2));
    console.log(`  ${name}: median ${median(values).toFixed(2)}, 5 to 95 %: ${low} to ${high}`);
  }
}

async function peopleIn(engine: FaceEngine, files: readonly string[]): Promise<readonly Sitter[]> {
  if (files.length === 0) return Object.values(await findSitters(['first', 'second']));
  const people: Sitter[] = [];
  for (const file of files) {
    const image = await decodePicture(await readFile(file));
    const [face] = await engine.analyse(image, 'still');
    if (face) people.push({ image, face });
  }
  return people;
}

export async function benchLiveness(files: readonly string[]): Promise<void> {
  const modelFolder = await requireModelFolder();
  const engine = await createFaceEngine({ modelFolder });
  const opened = await openLivenessSenses(engine, modelsOnDemand(modelFolder));
  const { senses } = opened;
  const people = await peopleIn(engine, files);
  const actors: Actor[] = [];
  for (const person of people) {
    const actor = await actorOf(engine, senses, person);
    if (actor) actors.push(actor);
  }
  reportChallenge(actors);
  await reportSignals(
    engine,
    senses,
    people.map(({ image }) => image),
  );
  await opened.close();
  await engine.close();
}
