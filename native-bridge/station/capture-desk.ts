import { type BestShot, type BurstFrame, createBestShot } from '../capture/best-shot.ts';
import { checkFinalImage, inspectFile, makeFinalImage } from '../capture/final-image.ts';
import { createGuide, type Guide } from '../capture/guide.ts';
import { type CaptureProfile, summaryOf } from '../capture/profile.ts';
import type {
  CheckName,
  CheckResult,
  FinalPhoto,
  Guidance,
  PhotoException,
  ProfileSummary,
} from '../contract/capture.ts';
import type { CameraInUse } from '../contract/camera.ts';
import type { Portrait } from '../contract/card.ts';
import type { Comparison, Draft } from '../contract/enrolment.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import type { FaceSearch } from '../contract/face-search.ts';
import { demandCameraAllowed } from '../enrolment/draft.ts';
import { LatestWins } from '../face/latest-wins.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { CapturePatience } from './capture-patience.ts';
import type { EnrolmentDesk } from './enrolment-desk.ts';
import { FreshThumbnails } from './fresh-thumbnails.ts';
import type { LivenessDesk } from './liveness-desk.ts';

/** What the capture desk needs of the face engine. */
export interface Faces {
  decode(picture: Uint8Array): Promise<RgbImage>;
  analyse(image: RgbImage): Promise<readonly FaceGeometry[]>;
  /** As `analyse` for the frames of one camera session, one after the other. */
  follow(): (image: RgbImage) => Promise<readonly FaceGeometry[]>;
  /** Gives a picture's memory back; it is not read any more. */
  release(image: RgbImage): void;
  /** Compares the card's portrait (PNG) with frames of the same live person. */
  compare(portrait: Uint8Array, live: readonly LiveFace[]): Promise<Comparison>;
}

export type LiveFace = Pick<BurstFrame, 'image' | 'face'>;

export interface CaptureDeskOptions {
  readonly desk: EnrolmentDesk;
  readonly faces: Faces;
  /** The picture standard in force; each camera step keeps the one it began with. */
  readonly profile: () => CaptureProfile;
  /** Absent where no liveness challenge is ever asked for. */
  readonly liveness?: LivenessDesk;
  /** Looks for a draft's photo among other numbers; `undefined` while that is switched off. Never rejects. */
  readonly search?: (draft: Draft) => Promise<FaceSearch | undefined>;
  /** Resolves when the card that was read last has its portrait, or will never have one. */
  readonly cardCompleted: () => Promise<void>;
  /** A comparison whose outcome could not be stored. */
  readonly onTrouble: (error: StationError) => void;
}

/** A frame and a shot at the operator's wish. */
const longestLine = 2;

/** How many of the best frames are tried as the photo, and how many take part in the comparison. */
const photoCandidates = 3;
const comparisonFrames = 5;

/** The camera step: guides with every frame, takes the photo, re-checks it and has it compared with the card. */
export class CaptureDesk {
  readonly #options: CaptureDeskOptions;
  #profile: CaptureProfile;
  #guide: Guide;
  #best: BestShot;
  /** The best frame of a photo that was refused: for the operator to take all the same. */
  #refusedFrame: BurstFrame | undefined;
  readonly #thumbnails = new FreshThumbnails();
  readonly #patience = new CapturePatience();
  #draftId: string | undefined;
  #camera: CameraInUse | undefined;
  #inLine = 0;
  #makesPortrait = false;
  #turn: Promise<void> = Promise.resolve();
  readonly #frames = new LatestWins(() => new StationError('capture.overtaken'));
  #follow: ReturnType<Faces['follow']>;
  /** Raised whenever the session begins anew: what was under way then belongs to another photo, or another person. */
  #epoch = 0;
  #comparing: Promise<void> = Promise.resolve();
  #underWay = 0;

  constructor(options: CaptureDeskOptions) {
    this.#options = options;
    this.#follow = options.faces.follow();
    this.#profile = options.profile();
    this.#guide = createGuide(this.#profile);
    this.#best = createBestShot(this.#profile);
  }

  /** Begins the camera step of the enrolment in work. */
  open(camera?: CameraInUse): ProfileSummary {
    const draft = this.#options.desk.demand();
    demandCameraAllowed(draft);
    this.#use(this.#options.profile());
    this.#restart();
    this.#refusedFrame = undefined;
    this.#camera = camera;
    this.#draftId = draft.id;
    this.#patience.begin(draft.id, performance.now());
    this.#options.liveness?.begin(draft.id);
    return summaryOf(this.#profile);
  }

  #use(profile: CaptureProfile): void {
    if (profile === this.#profile) return;
    this.#profile = profile;
    this.#guide = createGuide(profile);
    this.#best = createBestShot(profile);
  }

  close(): void {
    this.#draftId = undefined;
    this.#restart();
  }

  /**
   * Guidance for one frame. When the frame completes the automatic shot the photo is stored before this returns. Of the
   * frames that come while one is being looked at only the newest is kept; the others are `capture.overtaken`.
   */
  async frame(sequence: number, jpeg: Uint8Array): Promise<Guidance> {
    const epoch = this.#epoch;
    return this.#frames.run(() => this.#inTurn(() => this.#guideWith(sequence, jpeg, epoch), epoch));
  }

  /** Takes the best picture so far at the operator's wish; it has to conform all the same. */
  async shoot(): Promise<void> {
    return this.#inTurn((epoch) => this.#take('operator', epoch));
  }

  /**
   * Takes the best picture although it does not conform, for a reason that stays with it. Throws `capture.not-ready`
   * before patience has run out; a photo without one clear face or of a wrong format is refused all the same.
   */
  async takeBest(reason: string): Promise<void> {
    return this.#inTurn((epoch) => {
      if (!this.#mayTakeBest()) throw new StationError('capture.not-ready', 'too early for an exception');
      return this.#take('operator', epoch, reason);
    });
  }

  #mayTakeBest(): boolean {
    return this.#exceptionFrames().length > 0 && this.#patience.hasRunOut(this.#profile, performance.now());
  }

  #exceptionFrames(): readonly BurstFrame[] {
    return [...this.#best.frames(), ...(this.#refusedFrame ? [this.#refusedFrame] : [])];
  }

  /** A photo without a comparison is compared: one that was lost with the program, or had to wait for a portrait. */
  compareRestored(): void {
    const draft = this.#options.desk.view()?.draft;
    if (draft?.photo === undefined || draft.comparison !== undefined || this.#underWay > 0) return;
    const { jpeg } = draft.photo;
    this.#compare(draft, async () => {
      const image = await this.#options.faces.decode(jpeg);
      const [face] = await this.#options.faces.analyse(image);
      return face === undefined ? [] : [{ image, face }];
    });
  }

  /** Whether somebody is in front of the camera, or is being compared. */
  get isBusy(): boolean {
    const draft = this.#options.desk.view()?.draft;
    const isOpen = draft !== undefined && draft.id === this.#draftId && draft.photo === undefined;
    return isOpen || this.#underWay > 0;
  }

  /** Resolves when no comparison is under way any more. */
  settled(): Promise<void> {
    return this.#comparing;
  }

  /** A picture in the profile's layout made from any picture of a person, for a practice card. */
  async portraitFrom(picture: Uint8Array): Promise<Uint8Array> {
    if (this.#makesPortrait) throw new StationError('rpc.too-many');
    this.#makesPortrait = true;
    return this.#portraitFrom(picture).finally(() => (this.#makesPortrait = false));
  }

  async #portraitFrom(picture: Uint8Array): Promise<Uint8Array> {
    const { faces } = this.#options;
    const profile = this.#options.profile();
    const image = await faces.decode(picture);
    const [face] = await faces.analyse(image);
    if (face === undefined) throw new StationError('face.no-face-in-photo');
    return (await makeFinalImage(image, face, profile)).jpeg;
  }

  #demandOpen(): void {
    const draft = this.#options.desk.demand();
    demandCameraAllowed(draft);
    if (draft.id !== this.#draftId || draft.photo !== undefined) throw new StationError('capture.not-open');
  }

  /** One frame or shot after the other; a page that shoots twice at a time is told so, and nothing piles up. */
  #inTurn<T>(work: (epoch: number) => Promise<T>, epoch = this.#epoch): Promise<T> {
    if (this.#inLine === longestLine) throw new StationError('capture.not-ready', 'one at a time');
    this.#inLine++;
    const turn = this.#turn
      .then(() => {
        this.#demandSameSession(epoch);
        return work(epoch);
      })
      .finally(() => this.#inLine--);
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  #demandSameSession(epoch: number): void {
    if (epoch !== this.#epoch) throw new StationError('capture.not-open');
    this.#demandOpen();
  }

  #restart(): void {
    this.#epoch++;
    this.#follow = this.#options.faces.follow();
    this.#guide.reset();
    this.#best.clear();
    this.#thumbnails.forget();
  }

  async #guideWith(sequence: number, jpeg: Uint8Array, epoch: number): Promise<Guidance> {
    const { faces, liveness } = this.#options;
    const image = await faces.decode(jpeg);
    const found = await this.#follow(image);
    this.#demandSameSession(epoch);
    const atMs = performance.now();
    const frame = { sequence, image, faces: found, atMs };
    const mayShoot = liveness?.mayShoot ?? true;
    const { quality, ...observed } = this.#guide.observe(frame, mayShoot);
    const [face] = found;
    const challenge = await liveness?.look(frame, face, observed.checks);
    this.#demandSameSession(epoch);
    const guidance = { ...observed, ...(challenge && { challenge }) };
    // Without a face in view another person may sit down, whose best frame must not be this one's.
    if (face === undefined) this.#forgetFrames();
    // The photo shows the person after the movements, never in the midst of them.
    const changed = mayShoot && face !== undefined && this.#best.offer({ sequence, image, face, quality, atMs });
    if (guidance.shot) await this.#take('automatic', epoch);
    else if (changed) this.#thumbnails.make(this.#best);
    else if (!this.#best.frames().some((kept) => kept.image === image)) faces.release(image);
    const best = this.#thumbnails.take();
    return { ...guidance, ...(this.#mayTakeBest() && { mayTakeBest: true }), ...(best && { best: [...best] }) };
  }

  #forgetFrames(): void {
    this.#best.clear();
    this.#thumbnails.forget();
    this.#refusedFrame = undefined;
  }

  async #take(takenBy: FinalPhoto['takenBy'], epoch: number, reason?: string): Promise<void> {
    const { liveness, desk } = this.#options;
    const frames = reason === undefined ? this.#best.frames() : this.#exceptionFrames();
    if (liveness?.mayShoot === false) throw new StationError('liveness.not-over');
    try {
      const [best] = frames;
      if (best !== undefined) await liveness?.confirm(best.image, best.face);
      const photo = await this.#firstConforming(frames.slice(0, photoCandidates), takenBy, reason);
      this.#demandSameSession(epoch);
      desk.photoTaken(photo, liveness?.outcome());
    } catch (error) {
      if (epoch === this.#epoch) this.#refused(frames[0]);
      throw error;
    }
    const live = frames.slice(0, comparisonFrames);
    this.#compare(desk.demand(), () => Promise.resolve(live));
    this.#restart();
  }

  /** Begins anew with other frames; the best of those that were refused is kept for an exception. */
  #refused(frame: BurstFrame | undefined): void {
    const kept = frame ?? this.#refusedFrame;
    if (frame !== undefined) this.#patience.refused();
    this.#restart();
    this.#refusedFrame = kept;
  }

  async #firstConforming(
    frames: readonly BurstFrame[],
    takenBy: FinalPhoto['takenBy'],
    reason: string | undefined,
  ): Promise<FinalPhoto> {
    let refusal = new StationError('capture.not-ready');
    for (const frame of frames) {
      try {
        return await this.#photoOf(frame, takenBy, reason);
      } catch (error) {
        refusal = asStationError(error);
      }
    }
    throw refusal;
  }

  async #photoOf(
    { image, face }: BurstFrame,
    takenBy: FinalPhoto['takenBy'],
    reason: string | undefined,
  ): Promise<FinalPhoto> {
    const { desk, faces } = this.#options;
    const profile = this.#profile;
    const { jpeg, width, height } = await makeFinalImage(image, face, profile);
    const decoded = await faces.decode(jpeg);
    const file = await inspectFile(jpeg, profile);
    const checks = checkFinalImage(decoded, await faces.analyse(decoded), profile, file);
    const exception = exceptionFor(checks, reason);
    const { name, version } = profile;
    const taken = { attempt: desk.nextAttempt, takenBy, ...(this.#camera && { camera: this.#camera }) };
    const photo = { jpeg, width, height, profile: name, profileVersion: version, checks, ...taken };
    return exception === undefined ? photo : { ...photo, exception };
  }

  /** Compares in the background; the screens hear of it when it is stored. */
  #compare(draft: Draft, live: () => Promise<readonly LiveFace[]>): void {
    const { desk, faces } = this.#options;
    const { photo } = draft;
    if (photo === undefined) return;
    this.#inBackground(async () => {
      const comparison = await comparisonOf(await this.#portraitOf(draft), live, faces);
      await this.#search(draft);
      desk.compared(draft.id, photo.attempt, comparison);
    });
  }

  #inBackground(work: () => Promise<void>): void {
    this.#underWay++;
    this.#comparing = work()
      .catch((cause: unknown) => this.#options.onTrouble(asStationError(cause)))
      .finally(() => this.#underWay--);
  }

  /** Stored before the comparison is: a draft that has a comparison has been searched for as well. */
  async #search({ id, photo, ...draft }: Draft): Promise<void> {
    const { desk, search } = this.#options;
    if (photo === undefined) return;
    const found = await search?.({ id, photo, ...draft });
    if (found !== undefined) desk.faceSearched(id, photo.attempt, found);
  }

  /** The portrait of the draft's card; one that is still being decoded is waited for. */
  async #portraitOf(draft: Draft): Promise<Portrait | undefined> {
    if (draft.card?.portrait.state !== 'pending') return draft.card?.portrait;
    await this.#options.cardCompleted();
    const present = this.#options.desk.view()?.draft;
    return present?.id === draft.id ? present.card?.portrait : undefined;
  }
}

/** Without these a picture is no portrait, or no platform takes it: no reason helps. */
const inexcusable: ReadonlySet<CheckName> = new Set(['face-present', 'single-face', 'file-format', 'file-size']);

/** Undefined for a conforming photo. Throws `capture.final-check-failed` where no exception is made. */
function exceptionFor(checks: readonly CheckResult[], reason: string | undefined): PhotoException | undefined {
  const failed = checks.filter(({ status }) => status === 'block').map(({ name }) => name);
  if (failed.length === 0) return undefined;
  if (reason === undefined || failed.some((name) => inexcusable.has(name))) {
    throw new StationError('capture.final-check-failed', failed.join(' '));
  }
  return { reason, failed };
}

async function comparisonOf(
  portrait: Portrait | undefined,
  live: () => Promise<readonly LiveFace[]>,
  faces: Faces,
): Promise<Comparison> {
  const startedAt = performance.now();
  const cannot = (error: StationError): Comparison => ({
    kind: 'cannot-compare',
    error: { code: error.code },
    verifyMs: performance.now() - startedAt,
  });
  if (portrait?.state !== 'decoded') {
    return cannot(new StationError(portrait?.state === 'missing' ? portrait.code : 'portrait.failed'));
  }
  try {
    return await faces.compare(portrait.png, await live());
  } catch (error) {
    return cannot(asStationError(error));
  }
}
