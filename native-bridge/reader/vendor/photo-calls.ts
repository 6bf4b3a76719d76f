/**
 * The functions by which makers' libraries decode a card's photo block. Collected from the programs that call them, as
 * the libraries come without documents; what a site knows better goes into its `decoder.json`.
 */

/**
 * A function's parameters in their order: the path of the .wlt file, the 1024 bytes of the photo block, their number, the
 * buffer for the picture, a pointer to the buffer's size that becomes the picture's, and a number whose meaning only the
 * maker knows.
 */
export type PhotoParameter = 'path' | 'block' | 'block-size' | 'picture' | 'picture-size' | 'number';

/** Only 32-bit Windows tells them apart; a wrong one damages the caller's stack. */
export type CallConvention = '__stdcall' | '__cdecl';

export interface PhotoCall {
  /** Names under which the function is exported; the first that a library has is called. */
  readonly symbols: readonly string[];
  readonly convention: CallConvention;
  readonly parameters: readonly PhotoParameter[];
  /** Values for the parameter `number`, tried in turn until one gives a picture. */
  readonly numbers: readonly number[];
  /** Return values that mean a picture; `any` where they are not known and only the picture itself tells. */
  readonly decoded: readonly number[] | 'any';
  readonly notLicensed: readonly number[];
  /**
   * Where the picture is: a .bmp beside the .wlt, the buffer as 38 556 bytes without a head, or the buffer as either
   * that or a whole .bmp.
   */
  readonly result: 'file' | 'raw' | 'bitmap-or-raw';
}

/** Third arguments of `unpack` seen in the field. */
const unpackNumbers = [708, 752, 198];

export const photoCalls = {
  /**
   * WltRS: the number is 1 for a serial reader, 2 for USB. Returns 1 done, 0 the reader's library failed, -1 not
   * decodable, -2 not a .wlt, -3 not readable, -4 wrong format, -5 no licence for this reader, -6 reader failed.
   */
  GetBmp: {
    symbols: ['GetBmp'],
    convention: '__stdcall',
    parameters: ['path', 'number'],
    numbers: [2],
    decoded: [1],
    notLicensed: [-5],
    result: 'file',
  },
  /** DLL_File: the number 1 also writes zp.bmp into the working folder, which nobody here needs. */
  'unpack-raw': {
    symbols: ['unpack'],
    convention: '__cdecl',
    parameters: ['block', 'picture', 'number'],
    numbers: [0],
    decoded: 'any',
    notLicensed: [],
    result: 'raw',
  },
  /** dewlt. */
  dewltbuf: {
    symbols: ['dewltbuf'],
    convention: '__cdecl',
    parameters: ['block', 'picture', 'picture-size'],
    numbers: [],
    decoded: 'any',
    notLicensed: [],
    result: 'bitmap-or-raw',
  },
  /** libwlt2bmp, as C or C++ function. */
  unpack: {
    symbols: ['unpack', '_Z6unpackPcS_i'],
    convention: '__cdecl',
    parameters: ['block', 'picture', 'number'],
    numbers: unpackNumbers,
    decoded: [1],
    notLicensed: [],
    result: 'bitmap-or-raw',
  },
  wlt2bmp: {
    symbols: ['wlt2bmp'],
    convention: '__cdecl',
    parameters: ['block', 'picture', 'number'],
    numbers: unpackNumbers,
    decoded: 'any',
    notLicensed: [],
    result: 'bitmap-or-raw',
  },
  _Unpack: {
    symbols: ['_Unpack'],
    convention: '__cdecl',
    parameters: ['block', 'block-size', 'picture', 'picture-size'],
    numbers: [],
    decoded: 'any',
    notLicensed: [],
    result: 'bitmap-or-raw',
  },
} as const satisfies Readonly<Record<string, PhotoCall>>;

export type PhotoCallName = keyof typeof photoCalls;

export const photoCallNames = Object.keys(photoCalls) as [PhotoCallName, ...PhotoCallName[]];

export interface KnownDecoder {
  /** File names by platform. */
  readonly files: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>>;
  /** The library is asked for these in turn, as makers gave different functions to files of one name. */
  readonly calls: readonly PhotoCallName[];
}

/** The libraries that are looked for where no `decoder.json` names one. */
export const knownDecoders: readonly KnownDecoder[] = [
  { files: { win32: ['WltRS.dll'] }, calls: ['GetBmp'] },
  { files: { win32: ['DLL_File.dll'] }, calls: ['unpack-raw'] },
  { files: { win32: ['dewlt.dll'] }, calls: ['dewltbuf'] },
  { files: { linux: ['libwlt2bmp.so'] }, calls: ['unpack', 'wlt2bmp', '_Unpack'] },
];
