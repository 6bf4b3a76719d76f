import { basename, dirname } from 'node:path';
import type { Portrait } from '../../contract/card.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { PortraitDecoderState } from '../../contract/reader.ts';
import { pictureLibrary } from '../../pictures/picture-library.ts';
import { photoBytes, type PortraitDecoder } from '../portrait/portrait-decoder.ts';
import { asBitmap, cardPicturePixels, pictureHeight, pictureWidth } from './bitmap.ts';
import { findDecoder, type FoundDecoder, type Refusal, type Search } from './decoder-search.ts';
import type { PhotoAnswer } from './helper-messages.ts';
import { type Helper, HelperFault, type HelperOptions, HelperProcess } from './helper-process.ts';
import { inJobFolder, wipeJobFolder } from './job-folder.ts';

export interface VendorPortraitDecoderOptions {
  /** Folders that may hold the maker's library, see `vendorFolders`. */
  readonly folders: readonly string[];
  /** Folder that holds the photo block during a job. Nobody else may use it; it is wiped before and after each job. */
  readonly jobFolder: string;
  /** How long one job may take before the helper is killed, in milliseconds. */
  readonly limitMs?: number;
  /** Without a working library the folders are looked through at most this often, in milliseconds. */
  readonly lookEveryMs?: number;
  readonly createHelper?: (options: HelperOptions) => Helper;
}

const defaultLimitMs = 3000;
const defaultLookEveryMs = 5000;

/** One job runs, one waits; who decodes faster than that is not an operator with cards. */
const mostJobs = 2;

/** "WLf": what is no photo block is not given to a library, which may trip over it. */
const blockMark = Uint8Array.of(0x57, 0x4c, 0x66);

/** A block with the usual head and nothing in it. No real one may be kept, and only makers can make one up. */
const testBlock = new Uint8Array(photoBytes);
testBlock.set([...blockMark, 0x00, 0x7e, 0x00, 0x32, 0x00, 0x00, 0xff]);

const isPhotoBlock = (block: Uint8Array): boolean =>
  block.length === photoBytes && blockMark.every((byte, index) => block[index] === byte);

/**
 * What became of one job. `refused` is a library's own word that it cannot decode this block; `fault` a helper that
 * ended or was killed.
 */
type Outcome =
  | { readonly kind: 'decoded'; readonly pixels: Uint8Array; readonly call: string }
  | { readonly kind: 'refused' | 'not-licensed'; readonly call: string }
  | { readonly kind: 'bad-picture'; readonly call: string }
  | { readonly kind: 'fault' | 'unusable' };

const missing = (code: ErrorCode): Portrait => ({ state: 'missing', code });

async function portraitOf(pixels: Uint8Array): Promise<Portrait> {
  const size = { width: pictureWidth, height: pictureHeight };
  const sharp = await pictureLibrary();
  const png = await sharp(pixels, { raw: { ...size, channels: 3 } })
    .png()
    .toBuffer();
  return { state: 'decoded', png: Uint8Array.from(png), ...size, simulated: false };
}

/** A library is told apart from one that is not there by `state()` alone; the operator's way out is the same. */
async function asPortrait(outcome: Outcome): Promise<Portrait> {
  switch (outcome.kind) {
    case 'decoded':
      return portraitOf(outcome.pixels);
    case 'not-licensed':
      return missing('portrait.not-licensed');
    case 'unusable':
      return missing('portrait.no-decoder');
    case 'refused':
    case 'bad-picture':
    case 'fault':
      return missing('portrait.failed');
  }
}

function photoOutcome(answer: PhotoAnswer, { order }: FoundDecoder): Outcome {
  const { call, picture } = answer;
  if (answer.outcome === 'not-licensed') return { kind: 'not-licensed', call };
  if (answer.outcome === 'failed' || picture === undefined) return { kind: 'refused', call };
  const pixels = cardPicturePixels(asBitmap(Buffer.from(picture, 'base64')), order);
  return pixels === undefined ? { kind: 'bad-picture', call } : { kind: 'decoded', pixels, call };
}

const refusalCodes: Readonly<Record<Refusal, ErrorCode>> = {
  unsafe: 'portrait.library-unsafe',
  architecture: 'portrait.library-unusable',
  settings: 'portrait.library-unusable',
};

/** The state that an outcome proves; a block that the library refuses proves that it loads, answers and is licensed. */
function provenState(outcome: Outcome): Pick<PortraitDecoderState, 'state' | 'code'> {
  switch (outcome.kind) {
    case 'decoded':
    case 'refused':
      return { state: 'ready' };
    case 'not-licensed':
      return { state: 'not-licensed', code: 'portrait.not-licensed' };
    case 'unusable':
      return { state: 'failed', code: 'portrait.library-unusable' };
    case 'bad-picture':
    case 'fault':
      return { state: 'failed', code: 'portrait.failed' };
  }
}

/** The library in use, with the process that runs it and how the last card's photo fared. */
interface Decoder extends FoundDecoder {
  readonly helper: Helper;
  lastCard?: Outcome;
  lastCall?: string;
}

/**
 * Decodes photo blocks by the maker's library that the site installed, in a process of its own: a library that hangs or
 * crashes costs one picture and nothing else. A library that is installed, replaced or licensed while the station runs
 * is found without a restart.
 */
export class VendorPortraitDecoder implements PortraitDecoder {
  readonly #options: Required<VendorPortraitDecoderOptions>;
  #decoder: Decoder | undefined;
  #search: Search<FoundDecoder> = { kind: 'absent' };
  /** When the folders may be looked through again; never while the library works. */
  #lookAt = 0;
  /** Why there is no picture while no library works. */
  #missing: ErrorCode = 'portrait.no-decoder';
  #jobs = 0;
  #test: Promise<PortraitDecoderState> | undefined;
  #last: Promise<unknown>;
  #isClosed = false;

  constructor(options: VendorPortraitDecoderOptions) {
    this.#options = {
      limitMs: defaultLimitMs,
      lookEveryMs: defaultLookEveryMs,
      createHelper: (helperOptions) => new HelperProcess(helperOptions),
      ...options,
    };
    // A station that was killed may have left a photo there.
    this.#last = wipeJobFolder(options.jobFolder).catch(() => undefined);
  }

  /**
   * The picture in a photo block of 1024 bytes, or why there is none: `portrait.no-decoder`, `portrait.not-licensed` or
   * `portrait.failed`. Never rejects.
   */
  async decode(block: Uint8Array): Promise<Portrait> {
    if (!isPhotoBlock(block) || this.#jobs >= mostJobs) return missing('portrait.failed');
    this.#jobs++;
    return this.#inTurn(() => this.#decodeCard(block))
      .catch(() => missing('portrait.failed'))
      .finally(() => this.#jobs--);
  }

  /**
   * Whether portraits can be decoded, by looking for a library and giving it a test block. `ready` means that the
   * library loads, answers and is licensed, and that the last card's photo, if there was one, was decoded. Who asks
   * while a test is under way gets its result. Never rejects.
   */
  state(): Promise<PortraitDecoderState> {
    this.#test ??= this.#inTurn(() => this.#testState())
      .catch((): PortraitDecoderState => ({ state: 'failed', code: 'portrait.failed' }))
      .finally(() => (this.#test = undefined));
    return this.#test;
  }

  /** Ends the helper; whoever waits gets no picture. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#decoder?.helper.stop();
    await this.#last;
    // A job that was on its way may have started it once more.
    await this.#decoder?.helper.stop();
  }

  /** Runs `work` after the jobs before it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const job = this.#last.then(() => (this.#isClosed ? Promise.reject(new HelperFault('stopped')) : work()));
    this.#last = job.catch(() => undefined);
    return job;
  }

  async #decodeCard(block: Uint8Array): Promise<Portrait> {
    if (this.#decoder === undefined && performance.now() >= this.#lookAt) await this.#look();
    const decoder = this.#decoder;
    if (decoder === undefined) return missing(this.#missing);
    const outcome = await this.#attempt(decoder, block);
    decoder.lastCard = outcome;
    return asPortrait(outcome);
  }

  async #testState(): Promise<PortraitDecoderState> {
    await this.#look();
    const decoder = this.#decoder;
    if (decoder === undefined) return searchState(this.#search);
    const outcome = await this.#attempt(decoder, testBlock);
    const isDecisive = outcome.kind === 'not-licensed' || outcome.kind === 'unusable';
    return { ...described(decoder), ...(isDecisive ? provenState(outcome) : cardState(decoder, outcome)) };
  }

  async #look(): Promise<void> {
    this.#lookAt = performance.now() + this.#options.lookEveryMs;
    this.#missing = 'portrait.no-decoder';
    this.#search = await findDecoder(this.#options.folders);
    const found = this.#search.kind === 'found' ? this.#search.found : undefined;
    if (found !== undefined && this.#decoder !== undefined && isSame(found, this.#decoder)) return;
    await this.#decoder?.helper.stop();
    this.#decoder = found && { ...found, helper: this.#options.createHelper(this.#helperOptions(found)) };
  }

  #helperOptions({ library, program }: FoundDecoder): HelperOptions {
    return { program, libraryFolder: dirname(library), temporaryFolder: this.#options.jobFolder };
  }

  async #attempt(decoder: Decoder, block: Uint8Array): Promise<Outcome> {
    const outcome = await inJobFolder(this.#options.jobFolder, block, decoder.library, () => this.#runJob(decoder));
    if ('call' in outcome) decoder.lastCall = outcome.call;
    if (outcome.kind === 'not-licensed' || outcome.kind === 'unusable') await this.#letGo(decoder, outcome.kind);
    return outcome;
  }

  async #runJob(decoder: Decoder): Promise<Outcome> {
    const { library, calls, convention, number } = decoder;
    const chosen = { ...(convention && { convention }), ...(number !== undefined && { number }) };
    const job = { kind: 'photo' as const, library, calls: [...calls], ...chosen, folder: this.#options.jobFolder };
    try {
      const answer = await decoder.helper.run(job, this.#options.limitMs);
      return answer.kind === 'photo' ? photoOutcome(answer, decoder) : { kind: 'unusable' };
    } catch (fault) {
      return { kind: fault instanceof HelperFault && fault.kind === 'start' ? 'unusable' : 'fault' };
    }
  }

  /** What does not work may be put right by other files, and a library knows its licence from when it was loaded. */
  async #letGo(decoder: Decoder, trouble: 'not-licensed' | 'unusable'): Promise<void> {
    this.#missing = trouble === 'not-licensed' ? 'portrait.not-licensed' : 'portrait.no-decoder';
    await decoder.helper.stop();
    this.#decoder = undefined;
  }
}

function isSame(one: FoundDecoder, other: FoundDecoder): boolean {
  const identity = ({ library, program, calls, convention, number, order }: FoundDecoder) =>
    JSON.stringify([library, program, calls, convention, number, order]);
  return identity(one) === identity(other);
}

/** A card tells more than the test block, which a library may trip over. */
const cardState = ({ lastCard }: Decoder, test: Outcome) =>
  lastCard?.kind === 'refused' ? provenState({ kind: 'fault' }) : provenState(lastCard ?? test);

function described({ library, lastCall, helper }: Decoder): Omit<PortraitDecoderState, 'state'> {
  const { identity } = helper;
  return {
    library: basename(library),
    ...(lastCall !== undefined && { call: lastCall }),
    ...(identity && { runtime: `Node ${identity.version} ${identity.architecture}` }),
  };
}

function searchState(search: Search<FoundDecoder>): PortraitDecoderState {
  if (search.kind !== 'refused') return { state: 'no-decoder', code: 'portrait.no-decoder' };
  return { state: 'failed', code: refusalCodes[search.reason], library: search.file };
}
