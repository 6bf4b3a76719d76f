import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hex } from './smart-card.ts';
import { insertCard, type Interference } from './vpcd-card.ts';
import { workCard } from './work-card.ts';

/** The driver's end: a slot that hears everything a card sends. */
class Slot {
  heard = '';
  readonly line: Socket;

  constructor(line: Socket) {
    this.line = line;
    line.on('data', (bytes) => (this.heard += bytes.toString('hex')));
    line.on('error', () => undefined);
  }

  send(digits: string): void {
    this.line.write(hex(digits));
  }

  async hears(digits: string): Promise<void> {
    await vi.waitFor(() => expect(this.heard).toBe(digits));
  }
}

describe('a card in a slot of vpcd', () => {
  let driver: Server;
  let port: number;

  beforeEach(async () => {
    driver = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(driver, 'listening');
    ({ port } = driver.address() as AddressInfo);
  });

  afterEach(() => void driver.close());

  const inserted = async (interfere?: Interference) => {
    const connection = once(driver, 'connection');
    const card = await insertCard(workCard(hex('78563412'), hex('3B00')), port, interfere);
    const [line] = (await connection) as [Socket];
    return { card, slot: new Slot(line) };
  };

  it('gives its ATR and answers commands, however the bytes are cut', async () => {
    const { card, slot } = await inserted();
    slot.send('0001');
    slot.send('01 0001 04 00');
    await slot.hears('00023b00');
    slot.send('05 FFCA000000 0001 00');
    await slot.hears('00023b000006785634129000');
    expect(card.commands).toEqual([hex('FFCA000000')]);
    await card.remove();
  });

  it('is gone when it is removed', async () => {
    const { card, slot } = await inserted();
    const closed = once(slot.line, 'close');
    await card.remove();
    await closed;
    await card.remove();
  });

  it('can be taken away at any command, damage an answer or keep it back', async () => {
    const outcomes = [hex('AA'), 'never-answer', 'remove'] as const;
    const { slot } = await inserted((_command, count) => outcomes[count] ?? hex(''));
    const closed = once(slot.line, 'close');
    for (let count = 0; count < 3; count++) slot.send('0005 FFCA000000');
    await closed;
    expect(slot.heard).toBe('0001aa');
  });

  it('rejects where no driver listens', async () => {
    driver.close();
    await expect(insertCard(workCard(hex('78563412')), port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
