import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytesOf, GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import { DEFAULT_DELAYS, FRAME_SILENCE_MILLISECONDS } from './module-delays.ts';
import { ModuleLine, type CommandRecord } from './module-line.ts';
import { sampleCard } from './sample-card.ts';
import { SecurityModule } from './security-module.ts';
import { TestClock } from './test-clock.ts';
import { byteTime } from './wire-pacing.ts';

// The number and its printed form 05.01-20130101-1234567890-0987654321 are the published worked example.
const SAM_NUMBER = bytesOf('05 00 01 00 35 29 33 01 D2 02 96 49 B1 68 DE 3A');

let module: SecurityModule;
let line: ModuleLine;
let clock: TestClock;
let sent: number[];
let log: CommandRecord[];
let unplugged: number;

beforeEach(() => {
  module = new SecurityModule(SAM_NUMBER);
  clock = new TestClock();
  sent = [];
  log = [];
  unplugged = 0;
  line = new ModuleLine({
    module,
    clock,
    baud: 115_200,
    delays: DEFAULT_DELAYS,
    delayScale: 1,
    chunkSizes: (remaining) => Math.min(remaining, 7),
    onCommand: (record) => log.push(record),
    unplug: () => unplugged++,
  });
  line.attach((piece) => sent.push(...piece));
});

/** Every wait of the test clock is over at once, so a turn of the event loop lets the line finish what it has. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

async function exchange(request: keyof typeof GOLDEN_REQUESTS): Promise<Uint8Array> {
  sent.length = 0;
  line.receive(bytesOf(GOLDEN_REQUESTS[request]));
  await settled();
  return Uint8Array.from(sent);
}

async function selectCard(card = sampleCard()): Promise<void> {
  module.lay(card);
  await exchange('find');
  await exchange('select');
}

describe('published exchanges', () => {
  it.each([
    ['reset', 'done'],
    ['status', 'done'],
    ['find', 'findFailed'],
    ['select', 'selectFailed'],
    ['readTextPhoto', 'notPermitted'],
    ['setLineSpeed', 'wrongCommand'],
    ['setRadioFrame', 'done'],
  ] as const)('%s without a card: %s', async (request, answer) => {
    expect(hexOf(await exchange(request))).toBe(GOLDEN_ANSWERS[answer]);
  });

  it('find and select with a card', async () => {
    module.lay(sampleCard());
    expect(hexOf(await exchange('find'))).toBe(GOLDEN_ANSWERS.found);
    expect(hexOf(await exchange('select'))).toBe(GOLDEN_ANSWERS.selected);
  });

  it('the module number, 27 bytes', async () => {
    // 9C is the XOR of 14, 90 and the sixteen bytes.
    const golden = `AA AA AA 96 69 00 14 00 00 90 ${hexOf(SAM_NUMBER)} 9C`;
    expect(hexOf(await exchange('samNumber'))).toBe(golden);
  });

  it.each([
    ['readTextPhoto', 'textPhotoHead', 0, 1295],
    ['readFingerprint', 'noFingerprintHead', 0, 1297],
    ['readFingerprint', 'oneFingerprintHead', 512, 1809],
    ['readFingerprint', 'twoFingerprintsHead', 1024, 2321],
  ] as const)('%s: %s with %i bytes of fingerprint, %i bytes', async (request, head, prints, total) => {
    await selectCard(sampleCard({ fingerprint: new Uint8Array(prints) }));
    const answer = await exchange(request);
    const headBytes = bytesOf(GOLDEN_ANSWERS[head]);
    expect(hexOf(answer.slice(0, headBytes.length))).toBe(GOLDEN_ANSWERS[head]);
    expect(answer.length).toBe(total);
    expect(answer.slice(5).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
  });

  it('the newest address, 81 bytes, or 91', async () => {
    await selectCard();
    expect(hexOf(await exchange('readNewestAddress'))).toBe(GOLDEN_ANSWERS.noSuchContent);
    await selectCard(sampleCard({ newestAddress: new Uint8Array(70) }));
    expect(await exchange('readNewestAddress')).toHaveLength(81);
  });

  it('self-test and authorisation faults', async () => {
    module.setFault({ selfTestFails: true });
    expect(hexOf(await exchange('status'))).toBe(GOLDEN_ANSWERS.selfTestFailed);
    module.setFault({ notAuthorised: true });
    expect(hexOf(await exchange('samNumber'))).toBe(GOLDEN_ANSWERS.notAuthorised);
  });
});

describe('damaged requests', () => {
  it('a wrong check byte is answered with 10', async () => {
    line.receive(bytesOf('AA AA AA 96 69 00 03 11 FF EE'));
    await settled();
    expect(hexOf(Uint8Array.from(sent))).toBe(GOLDEN_ANSWERS.badChecksum);
  });

  it('an impossible length is answered with 11', async () => {
    line.receive(bytesOf('AA AA AA 96 69 7F 03 11 FF ED'));
    await settled();
    expect(hexOf(Uint8Array.from(sent))).toBe(GOLDEN_ANSWERS.badLength);
  });

  describe('that never end', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => void vi.useRealTimers());

    it('are answered with 11 after silence, and the next request is served', async () => {
      line.receive(bytesOf('AA AA AA 96 69 00 03 11'));
      vi.advanceTimersByTime(FRAME_SILENCE_MILLISECONDS - 1);
      await settled();
      expect(sent).toEqual([]);
      vi.advanceTimersByTime(1);
      await settled();
      expect(hexOf(Uint8Array.from(sent))).toBe(GOLDEN_ANSWERS.badLength);
      expect(hexOf(await exchange('status'))).toBe(GOLDEN_ANSWERS.done);
    });
  });
});

describe('on the line', () => {
  it('an answer comes after request, work and answer have taken their time', async () => {
    await selectCard();
    const before = clock.now();
    await exchange('readTextPhoto');
    const wire = (10 + 1295) * byteTime(115_200);
    expect(clock.now() - before).toBeCloseTo(wire + DEFAULT_DELAYS.readTextPhoto, 3);
  });

  it('noise goes out before the next answer only', async () => {
    line.addNoise(bytesOf('00 AA 96'));
    expect(hexOf(await exchange('status'))).toBe(`00 AA 96 ${GOLDEN_ANSWERS.done}`);
    expect(hexOf(await exchange('status'))).toBe(GOLDEN_ANSWERS.done);
  });

  it('a cut answer ends in the middle', async () => {
    await selectCard();
    module.liftDuringNextRead({ cut: true });
    expect(await exchange('readTextPhoto')).toHaveLength(647);
  });

  it('a module that just got its power does not listen yet', async () => {
    line.powerUp();
    expect(await exchange('status')).toHaveLength(0);
    await clock.wait(DEFAULT_DELAYS.powerUp);
    expect(hexOf(await exchange('status'))).toBe(GOLDEN_ANSWERS.done);
  });

  it.each([
    ['the request is on the wire', 10 * byteTime(115_200)],
    ['the card is being read', DEFAULT_DELAYS.readTextPhoto],
  ])('power lost while %s leaves no answer and no card marked as read', async (_, moment) => {
    await selectCard();
    clock.onWait = (milliseconds) => milliseconds === moment && module.powerCycle();
    expect(await exchange('readTextPhoto')).toHaveLength(0);
    expect(module.state).toMatchObject({ alreadyRead: false, phase: 'idle' });
    expect(module.powerCycles).toBe(1);
  });

  it('the log names commands and statuses, and nothing of what they carried', async () => {
    await selectCard();
    await exchange('readTextPhoto');
    expect(log.map(({ command, code, status }) => ({ command, code, status }))).toEqual([
      { command: 'find', code: '20 01', status: 0x9f },
      { command: 'select', code: '20 02', status: 0x90 },
      { command: 'read-text-photo', code: '30 01', status: 0x90 },
    ]);
    expect(Object.keys(log[0] ?? {}).sort()).toEqual(['at', 'code', 'command', 'status']);
  });
});
