import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Portrait } from '../../contract/card.ts';
import { type Helper, type HelperOptions, HelperProcess } from './helper-process.ts';
import { compiler, compileTestLibrary } from './test-library.ts';
import { VendorPortraitDecoder, type VendorPortraitDecoderOptions } from './vendor-portrait-decoder.ts';

/** What the test container tells the library to do, see test-libraries/photo-decoder.c. */
const orders = { picture: 0, return: 1, hang: 2, abort: 3, fault: 4, flat: 5, short: 6 } as const;

function block(order: keyof typeof orders = 'picture', value = 0, variant = 0): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set([0x57, 0x4c, 0x66, 0x00, 0x7e, 0x00, 0x32, 0x00, 0x00, 0xff]);
  bytes.set([orders[order], value & 0xff, variant], 16);
  return bytes;
}

const isPosix = process.platform !== 'win32';
const libraryFile = isPosix ? 'libphoto.so' : 'photo.dll';

const missing = (code: string) => ({ state: 'missing', code });

let root = '';
let vendor = '';
let jobFolder = '';
let helpers: HelperOptions[] = [];
let decoder: VendorPortraitDecoder;

function openDecoder(options: Partial<VendorPortraitDecoderOptions> = {}): VendorPortraitDecoder {
  const createHelper = (helper: HelperOptions): Helper => {
    helpers.push(helper);
    return new HelperProcess(helper);
  };
  return new VendorPortraitDecoder({ folders: [vendor], jobFolder, lookEveryMs: 0, createHelper, ...options });
}

function install(macro: string, settings: Readonly<Record<string, unknown>>): void {
  compileTestLibrary('photo-decoder.c', join(vendor, libraryFile), { [macro]: '1' });
  writeFileSync(join(vendor, 'decoder.json'), JSON.stringify({ library: libraryFile, ...settings }));
}

/** The colour at a place of a decoded picture, counted from its upper left corner. */
async function pixelAt(portrait: Portrait, x: number, y: number): Promise<number[]> {
  if (portrait.state !== 'decoded') throw new Error(JSON.stringify(portrait));
  const { data, info } = await sharp(portrait.png).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([102, 126, 3]);
  return [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vendor-decoder-'));
  vendor = join(root, 'vendor');
  jobFolder = join(root, 'photo-job');
  mkdirSync(vendor, { mode: 0o755 });
  helpers = [];
  decoder = openDecoder();
});
afterEach(async () => {
  await decoder.close();
  rmSync(root, { recursive: true, force: true });
});

describe('without a library', () => {
  it('says so and starts nothing', async () => {
    expect(await decoder.decode(block())).toEqual(missing('portrait.no-decoder'));
    expect(await decoder.state()).toEqual({ state: 'no-decoder', code: 'portrait.no-decoder' });
    expect(helpers).toEqual([]);
  });

  it('does not look again before it is time', async () => {
    await decoder.close();
    decoder = openDecoder({ lookEveryMs: 3_600_000 });
    await decoder.decode(block());
    writeFileSync(join(vendor, 'decoder.json'), '{}');
    expect(await decoder.decode(block())).toEqual(missing('portrait.no-decoder'));
    expect(await decoder.state()).toMatchObject({ state: 'failed', library: 'decoder.json' });
  });

  it('wipes what a killed station left', async () => {
    await decoder.close();
    mkdirSync(jobFolder);
    writeFileSync(join(jobFolder, 'block.wlt'), 'left');
    decoder = openDecoder();
    await decoder.state();
    expect(existsSync(jobFolder)).toBe(false);
  });
});

describe('what is installed wrongly', () => {
  it.each([
    ['no JSON', '{'],
    ['an unknown call', '{"library":"x.so","call":"guess"}'],
    ['an unknown member', '{"library":"x.so","call":"unpack","swap":true}'],
    ['a library elsewhere', '{"library":"../x.so","call":"unpack"}'],
    ['a program elsewhere', '{"library":"x.so","call":"unpack","runtime":"../node"}'],
    ['a library that is not there', '{"library":"x.so","call":"unpack"}'],
  ])('decoder.json with %s is told and starts nothing', async (_what, settings) => {
    writeFileSync(join(vendor, 'decoder.json'), settings);
    const state = { state: 'failed', code: 'portrait.library-unusable', library: 'decoder.json' };
    expect(await decoder.state()).toEqual(state);
    expect(await decoder.decode(block())).toEqual(missing('portrait.no-decoder'));
    expect(helpers).toEqual([]);
  });

  it('a file that is no library is told', async () => {
    writeFileSync(join(vendor, libraryFile), 'no library');
    writeFileSync(join(vendor, 'decoder.json'), JSON.stringify({ library: libraryFile, call: 'unpack' }));
    expect(await decoder.decode(block())).toEqual(missing('portrait.no-decoder'));
    expect(await decoder.state()).toMatchObject({ state: 'failed', code: 'portrait.library-unusable' });
  });

  it('a library of another architecture is told by its head and starts nothing', async () => {
    const head = Buffer.alloc(128);
    head.write('\x7fELF', 'latin1');
    head.writeUInt16LE(process.arch === 'ia32' ? 0x3e : 0x03, 18);
    writeFileSync(join(vendor, libraryFile), head);
    writeFileSync(join(vendor, 'decoder.json'), JSON.stringify({ library: libraryFile, call: 'unpack' }));
    const state = { state: 'failed', code: 'portrait.library-unusable', library: libraryFile };
    expect(await decoder.state()).toEqual(state);
    expect(helpers).toEqual([]);
  });
});

describe.skipIf(!isPosix)('what other users can write', () => {
  beforeEach(() => {
    writeFileSync(join(vendor, libraryFile), 'no library', { mode: 0o644 });
    writeFileSync(join(vendor, 'libother.so'), 'no library', { mode: 0o644 });
    writeFileSync(join(vendor, 'decoder.json'), JSON.stringify({ library: libraryFile, call: 'unpack' }));
  });

  it.each([
    ['the library', () => join(vendor, libraryFile), 0o666],
    ['the library, by its group', () => join(vendor, libraryFile), 0o664],
    ['decoder.json', () => join(vendor, 'decoder.json'), 0o646],
    ['another file in the folder', () => join(vendor, 'libother.so'), 0o666],
    ['the folder', () => vendor, 0o777],
    ['the folder, though sticky', () => vendor, 0o1777],
    ['a folder above', () => root, 0o777],
  ])('is refused: %s', async (_what, path, mode) => {
    chmodSync(path(), mode);
    expect(await decoder.state()).toMatchObject({ state: 'failed', code: 'portrait.library-unsafe' });
    expect(await decoder.decode(block())).toEqual(missing('portrait.no-decoder'));
    expect(helpers).toEqual([]);
  });
});

describe.skipIf(compiler === undefined)('each form of call', () => {
  it.each([
    ['GET_BMP', 'GetBmp'],
    ['UNPACK_RAW', 'unpack-raw'],
    ['DEWLTBUF', 'dewltbuf'],
    ['UNPACK', 'unpack'],
    ['UNPACK_CPP', 'unpack'],
    ['WLT2BMP', 'wlt2bmp'],
    ['UNPACK_SIZED', '_Unpack'],
  ])('%s decodes', async (macro, call) => {
    install(macro, { call });
    const portrait = await decoder.decode(block());
    expect(portrait).toMatchObject({ state: 'decoded', width: 102, height: 126, simulated: false });
    expect(await pixelAt(portrait, 0, 125)).toEqual([200, 0, 0]);
    expect(await pixelAt(portrait, 101, 0)).toEqual([200, 250, 202]);
    expect(existsSync(jobFolder)).toBe(false);
  });

  it.each([
    ['752', 1],
    ['198', 2],
  ])('the number %s that a maker wants is found', async (_number, variant) => {
    install('UNPACK', { call: 'unpack' });
    expect(await decoder.decode(block('picture', 0, variant))).toMatchObject({ state: 'decoded' });
  });

  it('a number that the site gives is the only one', async () => {
    install('UNPACK', { call: 'unpack', argument: 752 });
    expect(await decoder.decode(block('picture', 0, 1))).toMatchObject({ state: 'decoded' });
    expect(await decoder.decode(block('picture', 0, 2))).toEqual(missing('portrait.failed'));
  });

  it('colours and rows can be exchanged', async () => {
    install('UNPACK', { call: 'unpack', swapColours: true, flip: true });
    const portrait = await decoder.decode(block());
    expect(await pixelAt(portrait, 0, 0)).toEqual([0, 0, 200]);
    expect(await pixelAt(portrait, 101, 125)).toEqual([202, 250, 200]);
  });

  it.skipIf(process.platform !== 'linux').each([
    ['UNPACK', 'unpack'],
    ['WLT2BMP', 'wlt2bmp'],
    ['UNPACK_SIZED', '_Unpack'],
  ])('the usual file name is known, and %s is called in it', async (macro, call) => {
    compileTestLibrary('photo-decoder.c', join(vendor, 'libwlt2bmp.so'), { [macro]: '1' });
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
    expect(await decoder.state()).toMatchObject({
      state: 'ready',
      library: 'libwlt2bmp.so',
      call,
      runtime: `Node ${process.version} ${process.arch}`,
    });
  });

  it('a user’s name in Chinese letters stands in no library’s way', async () => {
    await decoder.close();
    jobFolder = join(root, '张三', 'photo-job');
    decoder = openDecoder({ jobFolder });
    install('GET_BMP', { call: 'GetBmp' });
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
  });

  it('a library without the function is told', async () => {
    install('UNPACK', { call: 'dewltbuf' });
    expect(await decoder.state()).toMatchObject({ state: 'failed', code: 'portrait.library-unusable' });
  });
});

describe.skipIf(compiler === undefined)('a library that gives no picture', () => {
  it('without a licence', async () => {
    install('GET_BMP', { call: 'GetBmp' });
    expect(await decoder.decode(block('return', -5))).toEqual(missing('portrait.not-licensed'));
  });

  it('works once its licence lies beside it', async () => {
    install('GET_BMP', { call: 'GetBmp' });
    const needsLicence = block('picture', 0, 1);
    expect(await decoder.decode(needsLicence)).toEqual(missing('portrait.not-licensed'));
    writeFileSync(join(vendor, 'license.dat'), 'licence');
    expect(await decoder.decode(needsLicence)).toMatchObject({ state: 'decoded' });
  });

  it('tells of a missing licence until it is time to look again', async () => {
    await decoder.close();
    decoder = openDecoder({ lookEveryMs: 3_600_000 });
    install('GET_BMP', { call: 'GetBmp' });
    await decoder.decode(block('return', -5));
    expect(await decoder.decode(block())).toEqual(missing('portrait.not-licensed'));
    expect(helpers).toHaveLength(1);
  });

  it.each([0, -1, -2, -3, -4, -6, -77])('GetBmp returning %i', async (value) => {
    install('GET_BMP', { call: 'GetBmp' });
    expect(await decoder.decode(block('return', value))).toEqual(missing('portrait.failed'));
    expect(await decoder.state()).toMatchObject({ state: 'failed', code: 'portrait.failed', call: 'GetBmp' });
  });

  it.each([
    ['one flat colour', 'UNPACK_RAW', 'unpack-raw', 'flat'],
    ['one flat colour as a file', 'GET_BMP', 'GetBmp', 'flat'],
    ['a file of a wrong size', 'GET_BMP', 'GetBmp', 'short'],
    ['a buffer of a wrong size', 'DEWLTBUF', 'dewltbuf', 'short'],
    ['a buffer of a wrong size', 'UNPACK_SIZED', '_Unpack', 'short'],
  ] as const)('%s (%s)', async (_what, macro, call, order) => {
    install(macro, { call });
    expect(await decoder.decode(block(order))).toEqual(missing('portrait.failed'));
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
  });

  it('is not given what is no photo block', async () => {
    install('UNPACK', { call: 'unpack' });
    expect(await decoder.decode(new Uint8Array(1024))).toEqual(missing('portrait.failed'));
    expect(await decoder.decode(block().subarray(1))).toEqual(missing('portrait.failed'));
    expect(helpers).toEqual([]);
  });
});

describe.skipIf(compiler === undefined)('a library that breaks', () => {
  it.each(['hang', 'abort', 'fault'] as const)('%s costs one picture', async (order) => {
    await decoder.close();
    decoder = openDecoder({ limitMs: 2000 });
    install('UNPACK', { call: 'unpack' });
    expect(await decoder.decode(block(order))).toEqual(missing('portrait.failed'));
    expect(existsSync(jobFolder)).toBe(false);
    expect(await decoder.state()).toMatchObject({ state: 'failed', code: 'portrait.failed' });
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
    expect(await decoder.state()).toMatchObject({ state: 'ready' });
  });

  it('keeps the photo to its user while it works, and nothing afterwards', async () => {
    install('UNPACK', { call: 'unpack' });
    const job = decoder.decode(block('hang'));
    await expect.poll(() => existsSync(join(jobFolder, 'hanging'))).toBe(true);
    if (isPosix) expect(statSync(jobFolder).mode & 0o777).toBe(0o700);
    await decoder.close();
    expect(await job).toEqual(missing('portrait.failed'));
    expect(existsSync(jobFolder)).toBe(false);
  });

  it('takes one job and one that waits, and no more', async () => {
    install('UNPACK', { call: 'unpack' });
    const portraits = await Promise.all([1, 2, 3, 4].map(() => decoder.decode(block())));
    expect(portraits.map(({ state }) => state)).toEqual(['decoded', 'decoded', 'missing', 'missing']);
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
    expect(helpers).toHaveLength(1);
  });

  it.skipIf(!isPosix)('gives no picture after it was closed, and leaves no process', async () => {
    install('UNPACK', { call: 'unpack' });
    await decoder.decode(block());
    await decoder.close();
    expect(await decoder.decode(block())).toEqual(missing('portrait.failed'));
    const processes = execFileSync('ps', ['-eo', 'ppid,args'], { encoding: 'utf8' }).split('\n');
    const own = processes.filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes('helper-main'));
    expect(own).toEqual([]);
  });
});

describe.skipIf(compiler === undefined)('a library that is installed while the station runs', () => {
  it('is found without a restart', async () => {
    expect(await decoder.decode(block())).toEqual(missing('portrait.no-decoder'));
    install('DEWLTBUF', { call: 'dewltbuf' });
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
  });

  it('is tested by its state alone', async () => {
    install('DEWLTBUF', { call: 'dewltbuf' });
    expect(await decoder.state()).toMatchObject({ state: 'ready', library: libraryFile, call: 'dewltbuf' });
  });

  it('runs under the program that the site names', async () => {
    const program = isPosix ? 'node' : 'node.exe';
    if (isPosix) writeFileSync(join(vendor, program), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 });
    install('DEWLTBUF', { call: 'dewltbuf', ...(isPosix && { runtime: program }) });
    expect(await decoder.decode(block())).toMatchObject({ state: 'decoded' });
    if (isPosix) expect(helpers.map((helper) => helper.program)).toEqual([join(vendor, program)]);
  });
});
