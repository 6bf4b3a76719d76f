import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { rawPictureBytes, bitmapBytes } from './bitmap.ts';
import { blockFile, type PhotoAnswer, type PhotoJob, pictureFile } from './helper-messages.ts';
import { callNative, type NativeFunction, type NativeLibrary, UnusableLibrary } from './native-library.ts';
import { type PhotoCall, type PhotoCallName, photoCalls, type PhotoParameter } from './photo-calls.ts';

/** Room for a library that writes more than it should; anything beyond a picture is cut off. */
const bufferBytes = 256 * 1024;

/** Larger than any picture of a card; what is larger is not read. */
const largestFile = 1024 * 1024;

const parameterTypes: Readonly<Record<PhotoParameter, string>> = {
  path: 'str',
  block: 'void *',
  'block-size': 'int',
  picture: 'void *',
  'picture-size': 'void *',
  number: 'int',
};

interface PhotoBuffers {
  readonly block: Buffer;
  readonly picture: Buffer;
  readonly pictureSize: Buffer;
}

/** Libraries take paths in the system's own code page; a bare name in the working folder means the same in all of them. */
const asciiPath = /^[\x20-\x7e]*$/;

function blockPath(folder: string): string {
  const path = join(folder, blockFile);
  return asciiPath.test(path) ? path : blockFile;
}

function argumentsOf(call: PhotoCall, job: PhotoJob, number: number, buffers: PhotoBuffers): readonly unknown[] {
  const values: Readonly<Record<PhotoParameter, unknown>> = {
    path: blockPath(job.folder),
    block: buffers.block,
    'block-size': buffers.block.length,
    picture: buffers.picture,
    'picture-size': buffers.pictureSize,
    number,
  };
  return call.parameters.map((parameter) => values[parameter]);
}

async function pictureInFile(folder: string): Promise<Buffer | undefined> {
  const path = join(folder, pictureFile);
  const size = await stat(path).then(
    (entry) => entry.size,
    () => 0,
  );
  return size > 0 && size <= largestFile ? readFile(path) : undefined;
}

function pictureInBuffer(call: PhotoCall, { picture, pictureSize }: PhotoBuffers): Buffer | undefined {
  const ownSize = call.parameters.includes('picture-size') ? pictureSize.readInt32LE() : undefined;
  const size = ownSize ?? (call.result === 'raw' ? rawPictureBytes : bitmapBytes);
  const bytes = picture.subarray(0, Math.max(0, Math.min(size, bufferBytes)));
  return bytes.some((byte) => byte !== 0) ? bytes : undefined;
}

const bindFunction = (library: NativeLibrary, call: PhotoCall, job: PhotoJob) =>
  library.function(
    call.symbols,
    job.convention ?? call.convention,
    call.parameters.map((parameter) => parameterTypes[parameter]),
  );

/** The first of the job's calls that the library has. */
function bindFirst(library: NativeLibrary, job: PhotoJob) {
  for (const name of job.calls) {
    try {
      return { name, native: bindFunction(library, photoCalls[name], job) };
    } catch {
      // Another maker's library of the same name: it has one of the other calls.
    }
  }
  throw new UnusableLibrary('function');
}

function numbersOf(call: PhotoCall, job: PhotoJob): readonly number[] {
  if (job.number !== undefined) return [job.number];
  return call.numbers.length > 0 ? call.numbers : [0];
}

type Outcome = Pick<PhotoAnswer, 'outcome' | 'picture'>;

function outcomeOf(call: PhotoCall, value: number, picture: Buffer | undefined): Outcome {
  if (call.notLicensed.includes(value)) return { outcome: 'not-licensed' };
  const isDecoded = call.decoded === 'any' || call.decoded.includes(value);
  return isDecoded && picture !== undefined
    ? { outcome: 'decoded', picture: picture.toString('base64') }
    : { outcome: 'failed' };
}

/** Room is told in the size that the function may also read: the number of bytes that it may write. */
function freshBuffers(block: Buffer): PhotoBuffers {
  const pictureSize = Buffer.alloc(8);
  pictureSize.writeInt32LE(bufferBytes);
  return { block: Buffer.from(block), picture: Buffer.alloc(bufferBytes), pictureSize };
}

async function decode(job: PhotoJob, name: PhotoCallName, native: NativeFunction): Promise<Outcome> {
  const call: PhotoCall = photoCalls[name];
  const block = await readFile(join(job.folder, blockFile));
  let last: Outcome = { outcome: 'failed' };
  for (const number of numbersOf(call, job)) {
    const buffers = freshBuffers(block);
    const value = await callNative(native, argumentsOf(call, job, number, buffers));
    const picture = call.result === 'file' ? await pictureInFile(job.folder) : pictureInBuffer(call, buffers);
    last = outcomeOf(call, value, picture);
    if (last.outcome !== 'failed') break;
  }
  return last;
}

/**
 * Decodes the photo block in the job's folder, which is the working folder meanwhile, as some libraries write there. The
 * answer tells what the library said of itself. Throws `UnusableLibrary`.
 */
export async function runPhotoJob(library: NativeLibrary, job: PhotoJob): Promise<PhotoAnswer> {
  const { name, native } = bindFirst(library, job);
  const home = process.cwd();
  process.chdir(job.folder);
  try {
    return { kind: 'photo', job: job.job, call: name, ...(await decode(job, name, native)) };
  } finally {
    // Windows does not remove a folder that somebody works in.
    process.chdir(home);
  }
}
