import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import type { CommandRecord } from './module-line.ts';
import { VirtualReaderError } from './reader-error.ts';
import { sampleCard } from './sample-card.ts';
import { connectTestHost, type TcpTestHost } from './test-host.ts';
import { startVirtualReader, type VirtualReader } from './virtual-reader.ts';

let reader: VirtualReader;
let host: TcpTestHost;

beforeEach(async () => {
  reader = await startVirtualReader({ tcpPort: 0, delayScale: 0 });
  host = await connectTestHost(reader.tcpPort ?? 0);
});
afterEach(async () => {
  host.socket.destroy();
  await reader.close();
});

async function selectCard(): Promise<void> {
  reader.lay(sampleCard());
  await host.exchange(GOLDEN_REQUESTS.find, 15);
  await host.exchange(GOLDEN_REQUESTS.select, 19);
}

describe('over TCP', () => {
  it('reads a card from find to photo', async () => {
    await selectCard();
    const answer = await host.exchange(GOLDEN_REQUESTS.readTextPhoto, 1295);
    expect(hexOf(answer.slice(0, 14))).toBe(GOLDEN_ANSWERS.textPhotoHead);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.find, 11))).toBe(GOLDEN_ANSWERS.findFailed);
    expect(host.received).toBe(0);
  });

  it('gives a module number that no real module bears', async () => {
    const answer = await host.exchange(GOLDEN_REQUESTS.samNumber, 27);
    const number = new DataView(answer.buffer, 10, 16);
    expect(number.getUint16(0, true)).toBe(5);
    expect(number.getUint16(2, true)).toBe(99);
    expect(number.getUint32(4, true)).toBe(20000101);
  });

  it('ends a read with 41 when the card is lifted in it', async () => {
    await selectCard();
    reader.liftDuringNextRead();
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.readTextPhoto, 11))).toBe(GOLDEN_ANSWERS.readingFailed);
  });

  it('cuts a read off, and serves the next command', async () => {
    await selectCard();
    reader.liftDuringNextRead({ cut: true });
    await host.exchange(GOLDEN_REQUESTS.readTextPhoto, 647);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
  });

  it('sends noise before an answer', async () => {
    reader.noise(bytesOf('00 00 AA'));
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 14))).toBe(`00 00 AA ${GOLDEN_ANSWERS.done}`);
  });

  it('tells listeners of each command until they leave', async () => {
    const records: CommandRecord[] = [];
    const leave = reader.onCommand((record) => records.push(record));
    await host.exchange(GOLDEN_REQUESTS.status, 11);
    leave();
    await host.exchange(GOLDEN_REQUESTS.status, 11);
    expect(records.map(({ command, status }) => [command, status])).toEqual([['status', 0x90]]);
    expect(reader.state().recentCommands).toHaveLength(2);
  });

  it('lets a new host take the line over', async () => {
    const closed = once(host.socket, 'close');
    const second = await connectTestHost(reader.tcpPort ?? 0);
    await closed;
    expect(hexOf(await second.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
    second.socket.destroy();
  });
});

describe('unplugged', () => {
  it('drops its host and refuses others until it is plugged in at the same port', async () => {
    const port = reader.tcpPort ?? 0;
    const closed = once(host.socket, 'close');
    await reader.unplug();
    await closed;
    await expect(connectTestHost(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await reader.plug();
    expect(reader.tcpPort).toBe(port);
    host = await connectTestHost(port);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
  });

  it('in the middle of an answer, and is as before when it is plugged in again', async () => {
    reader.setLine({ unplugInAnswer: true });
    const closed = once(host.socket, 'close');
    host.send(GOLDEN_REQUESTS.status);
    await closed;
    expect(reader.state().plugged).toBe(false);
    await reader.plug();
    host = await connectTestHost(reader.tcpPort ?? 0);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
  });

  it('keeps the card on the field but forgets what it had done with it', async () => {
    await selectCard();
    await host.exchange(GOLDEN_REQUESTS.readTextPhoto, 1295);
    await reader.unplug();
    expect(reader.state()).toMatchObject({ plugged: false, cardPresent: true, alreadyRead: false, phase: 'idle' });
  });

  it('may be unplugged and plugged twice without harm', async () => {
    await reader.unplug();
    await reader.unplug();
    await reader.plug();
    await reader.plug();
    expect(reader.state().plugged).toBe(true);
  });
});

describe('not started', () => {
  it.each([
    ['without a line', {}, 'no-line'],
    ['with a SAM number of another size', { tcpPort: 0, samNumber: new Uint8Array(15) }, 'wrong-sam-number'],
    ['on a serial path that does not exist', { serialPath: '/no-such-port' }, 'serial-not-opened'],
  ])('%s', async (_, options, code) => {
    const start = startVirtualReader(options);
    await expect(start).rejects.toBeInstanceOf(VirtualReaderError);
    await expect(start).rejects.toMatchObject({ code });
  });

  it('on a port that is taken', async () => {
    await expect(startVirtualReader({ tcpPort: reader.tcpPort })).rejects.toMatchObject({ code: 'tcp-not-opened' });
  });
});
