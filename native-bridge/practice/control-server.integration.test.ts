import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import { decodePracticePortrait } from './practice-portrait.ts';
import { makeSimplePortrait } from './simple-portrait.ts';
import { connectTestHost, type TcpTestHost } from './test-host.ts';
import { startVirtualReader, type VirtualReader } from './virtual-reader.ts';

const replySchema = z.looseObject({ ok: z.boolean(), code: z.string().optional() });
const stateSchema = z.looseObject({ plugged: z.boolean(), cardPresent: z.boolean(), phase: z.string() });
const FIELDS = {
  kind: 'mainland',
  name: '韦试样',
  sexCode: '1',
  ethnicCode: '08',
  birth: '19880317',
  address: '示例省练习市样板区培训路1号',
  number: '459999198803170110',
  authority: '示例市公安局练习分局',
  validFrom: '20200301',
  validTo: '长期',
};

let reader: VirtualReader;
let host: TcpTestHost;
beforeAll(async () => {
  reader = await startVirtualReader({ tcpPort: 0, controlPort: 0, delayScale: 0 });
});
beforeEach(async () => {
  await reader.plug();
  reader.lift();
  reader.setStatus({});
  host = await connectTestHost(reader.tcpPort ?? 0);
  await host.exchange(GOLDEN_REQUESTS.reset, 11);
});
afterAll(async () => {
  host.socket.destroy();
  await reader.close();
});

function url(path: string): string {
  return `http://127.0.0.1:${reader.controlPort}${path}`;
}

async function post(path: string, body: object | string = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url(path), { method: 'POST', body: text });
  return { status: response.status, ...replySchema.parse(await response.json()) };
}

async function state() {
  return stateSchema.parse(await (await fetch(url('/state'))).json());
}

async function readLaidCard(): Promise<Uint8Array> {
  await host.exchange(GOLDEN_REQUESTS.find, 15);
  await host.exchange(GOLDEN_REQUESTS.select, 19);
  return host.exchange(GOLDEN_REQUESTS.readTextPhoto, 1295);
}

function nameOf(answer: Uint8Array): string {
  return Buffer.from(answer.slice(14, 44)).toString('utf16le').trim();
}

describe('laying cards', () => {
  it('from the deck, by id or name', async () => {
    expect(await post('/lay', { deck: 'adult-female-han' })).toMatchObject({ status: 200, ok: true });
    expect(nameOf(await readLaidCard())).toBe('覃示例');
    await post('/lay', { deck: '韦试样' });
    expect(nameOf(await readLaidCard())).toBe('韦试样');
  });

  it('from fields, with a portrait of its own', async () => {
    const portrait = Buffer.from(await makeSimplePortrait(7)).toString('base64');
    expect(await post('/lay', { card: { fields: FIELDS, portrait, newestAddress: '新迁路9号' } })).toMatchObject({
      ok: true,
    });
    const answer = await readLaidCard();
    expect(nameOf(answer)).toBe('韦试样');
    expect((await decodePracticePortrait(answer.slice(270, 1294))).kind).toBe('portrait');
    expect(await host.exchange(GOLDEN_REQUESTS.readNewestAddress, 81)).toHaveLength(81);
  });

  it('of other kinds from fields, with fingerprints and with a letter that nobody knows', async () => {
    const foreigner = {
      ...{ kind: 'foreigner-2017', name: '', englishName: 'SAMPLE, TEST', sexCode: '2', birth: '19901231' },
      ...{ nationality: 'KAZ', number: 'KAZ459990123100', cardVersion: '01', acceptingAuthorityCode: '4599' },
      ...{ validFrom: '20240301', validTo: '20340301' },
    };
    const print = { position: 11, registration: 1, quality: 70 };
    const lay = (extra: object) => post('/lay', { card: { fields: foreigner, ...extra } });
    expect(await lay({ fingerprints: [print, { ...print, position: 16 }], layoutFlag: 'Q' })).toMatchObject({
      ok: true,
    });
    expect(await lay({ fingerprints: [print, print, print] })).toMatchObject({ status: 400, code: 'bad-body' });
    expect(await lay({ fingerprints: [{ ...print, position: 21 }] })).toMatchObject({ status: 400, code: 'bad-body' });
    expect(await lay({ layoutFlag: 'QQ' })).toMatchObject({ status: 400, code: 'bad-body' });
  });

  it('and lifting them shows in the state', async () => {
    await post('/lay', { deck: '韦试样' });
    expect(await state()).toMatchObject({ cardPresent: true });
    expect(await post('/lift')).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ cardPresent: false });
  });

  it.each([
    ['an unknown card', { deck: 'nobody' }, 404, 'unknown-card'],
    ['a name that is too long', { card: { fields: { ...FIELDS, name: '样'.repeat(16) } } }, 422, 'card-refused'],
    ['a portrait that is no picture', { card: { fields: FIELDS, portrait: 'AAAA' } }, 422, 'portrait-refused'],
    ['a portrait that is not base64', { card: { fields: FIELDS, portrait: '!' } }, 400, 'bad-body'],
    ['a missing field', { card: { fields: { name: '韦试样' } } }, 400, 'bad-body'],
    ['an empty body', {}, 400, 'bad-body'],
    ['no JSON', 'lay it', 400, 'bad-json'],
  ])('is refused for %s, and no card is laid', async (_, body, status, code) => {
    expect(await post('/lay', body)).toMatchObject({ ok: false, status, code });
    expect(await state()).toMatchObject({ cardPresent: false });
  });
});

describe('playing faults', () => {
  it('a card lifted in the next read', async () => {
    await post('/lay', { deck: '韦试样' });
    await post('/lift-during-next-read', { cut: false });
    await host.exchange(GOLDEN_REQUESTS.find, 15);
    await host.exchange(GOLDEN_REQUESTS.select, 19);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.readTextPhoto, 11))).toBe(GOLDEN_ANSWERS.readingFailed);
  });

  it('a status byte, a failed self-test, and back', async () => {
    await post('/status', { next: 0x66, on: 'sam-number' });
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.samNumber, 11))).toBe(GOLDEN_ANSWERS.notAuthorised);
    await post('/status', { selfTestFails: true });
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.selfTestFailed);
    await post('/status', {});
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
  });

  it('a status that lasts', async () => {
    await post('/status', { next: 0x24, on: 'status', after: 1, times: 'always' });
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
    for (let asked = 0; asked < 2; asked++) expect((await host.exchange(GOLDEN_REQUESTS.status, 11))[9]).toBe(0x24);
  });

  it('trouble on the line, and another kind of module', async () => {
    await post('/line', { before: '00AA', garbledAnswers: 1, pieces: 'single-bytes' });
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 13))).toBe(`00 AA ${GOLDEN_ANSWERS.done}`);
    expect(await post('/line', {})).toMatchObject({ ok: true });
    await post('/variant', { readsFingerprint: false });
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.readFingerprint, 11))).toBe(GOLDEN_ANSWERS.wrongCommand);
    expect(await post('/variant', {})).toMatchObject({ ok: true });
  });

  it('noise', async () => {
    await post('/noise', { hex: '00aa' });
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 13))).toBe(`00 AA ${GOLDEN_ANSWERS.done}`);
  });

  it('unplugging and plugging', async () => {
    await post('/unplug');
    expect(await state()).toMatchObject({ plugged: false });
    await expect(connectTestHost(reader.tcpPort ?? 0)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await post('/plug')).toMatchObject({ ok: true });
    expect(await state()).toMatchObject({ plugged: true });
  });

  it.each([
    ['/status', { next: 256 }],
    ['/status', { next: 0x41, on: 'dance' }],
    ['/status', { next: 0x41, times: 0 }],
    ['/line', { before: '0' }],
    ['/variant', { hidesReadCard: 'sometimes' }],
    ['/noise', { hex: '0' }],
    ['/lift', { now: true }],
    ['/lift-during-next-read', { cut: 'yes' }],
  ])('%s is refused for %o', async (path, body) => {
    expect(await post(path, body)).toMatchObject({ ok: false, status: 400, code: 'bad-body' });
  });
});

/** `fetch` does not let a test choose these heads. */
function statusWith(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(url('/state'), { headers }, (response) => resolve(response.resume().statusCode));
    call.on('error', reject).end();
  });
}

describe('the interface', () => {
  it('lists the deck', async () => {
    const deck = z.array(z.looseObject({ id: z.string() })).parse(await (await fetch(url('/deck'))).json());
    expect(deck.map(({ id }) => id)).toContain('abolished-division');
  });

  it('logs commands without their content', async () => {
    await post('/lay', { card: { fields: FIELDS } });
    await readLaidCard();
    const text = await (await fetch(url('/state'))).text();
    expect(text).toContain('read-text-photo');
    expect(text).not.toContain(FIELDS.number);
    expect(text).not.toContain(FIELDS.name);
  });

  it('turns away web pages and other host names', async () => {
    expect(await statusWith({ origin: 'http://127.0.0.1:5173' })).toBe(403);
    expect(await statusWith({ host: `reader.example:${reader.controlPort}` })).toBe(403);
    expect(await statusWith({})).toBe(200);
  });

  it('knows its paths and methods', async () => {
    expect(await post('/dance')).toMatchObject({ status: 404, code: 'not-found' });
    expect(await post('/state')).toMatchObject({ status: 405, code: 'wrong-method' });
    expect((await fetch(url('/lift'))).status).toBe(405);
  });

  it('refuses a body beyond its limit', async () => {
    const portrait = 'A'.repeat(13 * 1024 * 1024);
    expect(await post('/lay', { card: { fields: FIELDS, portrait } })).toMatchObject({
      status: 413,
      code: 'too-large',
    });
  });
});
