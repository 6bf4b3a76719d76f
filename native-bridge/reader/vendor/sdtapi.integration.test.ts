import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { encodeAnswer } from '../../practice/module-frame.ts';
import { sampleCard } from '../../practice/sample-card.ts';
import { SecurityModule } from '../../practice/security-module.ts';
import type { OpenReader, ReaderModule } from '../reader-module.ts';
import { samCommands, type SamCommand, setRadioFrame } from '../sam/commands.ts';
import { FrameParser, type SamAnswer } from '../sam/frames.ts';
import { SdtApiFinder, type SdtApiFinderOptions } from './sdtapi-finder.ts';
import { type HelperOptions, HelperProcess } from './helper-process.ts';
import { compiler, compileTestLibrary } from './test-library.ts';

const libraryFile = process.platform === 'win32' ? 'sdtapi.dll' : 'libsdtapi.so';
const number = Uint8Array.from(Buffer.from('0500010035293301D2029649B168DE3A', 'hex'));

/** The card that the compiled library serves, see test-libraries/sdtapi.c. */
const card = sampleCard({
  fingerprint: new Uint8Array(512).fill(0x46),
  newestAddress: new Uint8Array(70).fill(0x41),
});

let root = '';
let vendor = '';
let helpers: HelperOptions[] = [];
let finder: SdtApiFinder;

function openFinder(options: Partial<SdtApiFinderOptions> = {}): SdtApiFinder {
  const createHelper = (helper: HelperOptions) => {
    helpers.push(helper);
    return new HelperProcess(helper);
  };
  return new SdtApiFinder({
    folders: [vendor],
    temporaryFolder: join(root, 'reader-library'),
    spareMs: 1000,
    restMs: 0,
    listMs: 60_000,
    createHelper,
    ...options,
  });
}

const text = (value: string) => JSON.stringify(value);

function install(macros: Readonly<Record<string, string>> = {}): void {
  writeFileSync(join(root, 'card-text'), card.text);
  const paths = { BEHAVIOUR: text(join(root, 'behaviour')), CARD_TEXT: text(join(root, 'card-text')) };
  compileTestLibrary('sdtapi.c', join(vendor, libraryFile), { ...paths, ...macros });
}

/** Makes functions return a value (hex), hang or crash from now on. */
function tell(behaviour: Readonly<Record<string, string>>): void {
  const lines = Object.entries(behaviour).map(([name, what]) => `${name} ${what}\n`);
  writeFileSync(join(root, 'behaviour'), lines.join(''));
}

async function openReader(): Promise<OpenReader> {
  const [port] = await finder.ports();
  if (port === undefined) throw new Error('no port');
  return port.open(new AbortController().signal);
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof StationError ? error.code : error),
  );

/** What a module with the same card answers in the protocol of the line. */
function nativeAnswers(commands: readonly SamCommand[]): readonly SamAnswer[] {
  const module = new SecurityModule(number);
  module.lay(card);
  const parser = new FrameParser();
  return commands.flatMap(({ request }) => {
    const { status, data } = module.begin(request.subarray(7, -1)).finish();
    return parser.push(encodeAnswer(status, data), 0);
  });
}

async function answers(module: ReaderModule, commands: readonly SamCommand[]): Promise<readonly SamAnswer[]> {
  const all: SamAnswer[] = [];
  for (const command of commands) all.push(await module.exchange(command));
  return all;
}

const wholeCard = [
  samCommands.reset,
  samCommands.status,
  samCommands.number,
  samCommands.find,
  samCommands.select,
  samCommands.readTextAndPhoto,
  samCommands.readNewestAddress,
];

const wholeCardWithPrint = wholeCard.with(5, samCommands.readTextPhotoAndFingerprint);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sdtapi-'));
  vendor = join(root, 'vendor');
  mkdirSync(vendor, { mode: 0o755 });
  helpers = [];
  finder = openFinder();
});
afterEach(async () => {
  await finder.close();
  rmSync(root, { recursive: true, force: true });
});

describe('without a usable library', () => {
  it('there are no ports, and nothing is started', async () => {
    expect(await finder.ports()).toEqual([]);
    expect(helpers).toEqual([]);
  });

  it('a file that is no library is told', async () => {
    writeFileSync(join(vendor, libraryFile), 'no library');
    expect(await codeOf(openReader())).toBe('reader.library-unusable');
  });

  it.skipIf(process.platform === 'win32')(
    'one that other users can write is told, and nothing is started',
    async () => {
      writeFileSync(join(vendor, libraryFile), 'no library');
      chmodSync(join(vendor, libraryFile), 0o666);
      expect(await codeOf(openReader())).toBe('reader.library-unusable');
      expect(helpers).toEqual([]);
    },
  );
});

describe.skipIf(compiler === undefined)('a reader behind the makers’ library', () => {
  beforeEach(() => install());

  it('is found on its USB port and gives its number', async () => {
    expect((await finder.ports()).map(({ key, isKnownReader }) => [key, isKnownReader])).toEqual([
      ['sdtapi:1001', true],
    ]);
    expect(await openReader()).toMatchObject({
      transport: 'sdtapi',
      address: 'USB 1001',
      samNumber: '05.01-20130101-1234567890-0987654321',
      driver: libraryFile,
    });
    expect(helpers).toHaveLength(2);
  });

  it.each([
    ['text, photo and address', wholeCard],
    ['text, photo, fingerprint and address', wholeCardWithPrint],
  ])('gives %s in the bytes of the module’s own protocol', async (_what, commands) => {
    const { module } = await openReader();
    const own = await answers(module, commands);
    expect(own).toEqual(nativeAnswers(commands));
    expect(own.map(({ status }) => status.toString(16))).toEqual(['90', '90', '90', '9f', '90', '90', '90']);
  });

  it('is still listed while it is open, and cannot be opened twice', async () => {
    const { module } = await openReader();
    expect(await codeOf(openReader())).toBe('reader.port-busy');
    await module.close();
    expect(await codeOf(openReader())).toBe('done');
  });

  it('fails at once after it was closed', async () => {
    const { module } = await openReader();
    await module.close();
    expect(await codeOf(module.exchange(samCommands.status))).toBe('reader.unplugged');
  });

  it('is given back when its opening is called off', async () => {
    const [port] = await finder.ports();
    const abort = new AbortController();
    const opening = codeOf(port?.open(abort.signal) ?? Promise.resolve());
    abort.abort();
    expect(await opening).toBe('reader.unplugged');
    expect(await codeOf(openReader())).toBe('done');
  });

  it.each([samCommands.readBodyNumber, samCommands.readAddedInformation, setRadioFrame(80)])(
    'answers status 21 to $name, for which the library has no function',
    async (command) => {
      const { module } = await openReader();
      expect(await module.exchange(command)).toEqual({ status: 0x21, data: new Uint8Array() });
    },
  );

  it.each([0x31, 0x32, 0x33, 0x3f, 0x40, 0x41, 0x66, 0x80, 0x91, 0x77])(
    'hands the module’s status %i on without data',
    async (status) => {
      const { module } = await openReader();
      tell({ SDT_ReadBaseMsg: status.toString(16) });
      expect(await module.exchange(samCommands.readTextAndPhoto)).toEqual({ status, data: new Uint8Array() });
      expect(module.figures.resends).toBe(0);
    },
  );

  it.each([
    ['1', 'reader.port-unavailable', 0],
    ['2', 'reader.no-answer', 0],
    ['3', 'reader.link-fault', 3],
    ['4', 'reader.usb-not-configured', 0],
    ['5', 'reader.silent-port', 0],
    ['6', 'reader.unplugged', 0],
    ['10', 'reader.link-fault', 3],
    ['11', 'reader.link-fault', 3],
    ['118', 'portrait.not-licensed', 0],
    ['1234', 'reader.unknown-status', 0],
  ])('value %s is the trouble %s, after %i resends', async (value, code, resends) => {
    const { module } = await openReader();
    tell({ SDT_ReadBaseMsg: value });
    expect(await codeOf(module.exchange(samCommands.readTextAndPhoto))).toBe(code);
    expect(module.figures.resends).toBe(resends);
  });

  it.each(['hang', 'crash'])(
    'is unplugged when the library comes to a %s, and found by the next search',
    async (way) => {
      const { module } = await openReader();
      tell({ SDT_StartFindIDCard: way });
      expect(await codeOf(module.exchange(samCommands.find))).toBe('reader.unplugged');
      expect(await codeOf(module.exchange(samCommands.status))).toBe('reader.unplugged');
      tell({});
      expect(await codeOf(openReader().then((reader) => reader.module.exchange(samCommands.find)))).toBe('done');
    },
  );

  it('is let go at once when it is closed while the library hangs', async () => {
    await finder.close();
    finder = openFinder({ spareMs: 3_600_000 });
    const { module } = await openReader();
    tell({ SDT_StartFindIDCard: 'hang' });
    const find = codeOf(module.exchange(samCommands.find));
    await module.close();
    expect(await find).toBe('reader.unplugged');
  });

  it('has no port that cannot be opened', async () => {
    tell({ SDT_OpenPort: '1' });
    expect(await finder.ports()).toEqual([]);
  });

  it('tells when its port is lost between search and opening', async () => {
    const [port] = await finder.ports();
    tell({ SDT_OpenPort: '4' });
    expect(await codeOf(port?.open(new AbortController().signal) ?? Promise.resolve())).toBe(
      'reader.usb-not-configured',
    );
  });

  it('that is not authorised is told and given back', async () => {
    tell({ SDT_GetSAMID: '66' });
    expect(await codeOf(openReader())).toBe('reader.not-authorised');
    tell({});
    expect(await codeOf(openReader())).toBe('done');
  });

  it.each(['hang', 'crash'])('is left alone for a while after a %s in the search', async (way) => {
    await finder.close();
    finder = openFinder({ restMs: 3_600_000 });
    tell({ SDT_OpenPort: way });
    expect(await finder.ports()).toEqual([]);
    tell({});
    expect(await finder.ports()).toEqual([]);
  });

  it('asks serial ports only where the operator named them', async () => {
    tell({ SDT_OpenPort: '90', SDT_ClosePort: '90' });
    const keys = async () => (await finder.ports()).map(({ key, isKnownReader }) => `${key} ${isKnownReader}`);
    expect(await keys()).toEqual(Array.from({ length: 16 }, (_, index) => `sdtapi:${1001 + index} true`));
    await finder.close();
    finder = openFinder({ serialPorts: [3] });
    expect((await keys()).at(-1)).toBe('sdtapi:3 false');
  });
});

describe.skipIf(compiler === undefined)('an older library', () => {
  it('answers 21 to the reading of fingerprints, as an older module does', async () => {
    install({ WITHOUT_FINGERPRINT: '1' });
    const { module } = await openReader();
    expect(await module.exchange(samCommands.readTextPhotoAndFingerprint)).toMatchObject({ status: 0x21 });
    expect(await module.exchange(samCommands.find)).toMatchObject({ status: 0x9f });
  });
});
