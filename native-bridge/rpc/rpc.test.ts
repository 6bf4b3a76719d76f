import fc from 'fast-check';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { StationClient } from '../contract/client.ts';
import { StationError } from '../contract/errors.ts';
import type { ReaderSettings } from '../contract/reader.ts';
import { calls } from '../contract/station.ts';
import type { Channel } from './channel.ts';
import { createClient, createReconnectingClient } from './client.ts';
import { inProcessChannelPair } from './in-process-channel.ts';
import { fromMainPort } from './message-port-channel.ts';
import { type Handlers, serve } from './server.ts';
import { fromWire, toWire } from './wire.ts';

const readers: ReaderSettings = { automatic: true, addresses: [], excludedPorts: [] };
const settings = { readers };

const openTo = (handlers: Handlers, onFault: (cause: unknown) => void = () => undefined) => ({
  handlers,
  demand: () => undefined,
  onFault,
});

/** A station of which only the calls given here exist; every other call fails as a bug would. */
function handlersWith(given: Partial<Handlers>): Handlers {
  const missing = () => Promise.reject(new Error('not part of this test'));
  return Object.fromEntries(
    Object.keys(calls).map((name) => [name, given[name as keyof Handlers] ?? missing]),
  ) as unknown as Handlers;
}

function connected(given: Partial<Handlers>, faults: unknown[] = []): StationClient {
  const [clientEnd, stationEnd] = inProcessChannelPair();
  serve(
    stationEnd,
    openTo(handlersWith(given), (cause) => faults.push(cause)),
  );
  return createClient(clientEnd);
}

const codeOf = (error: unknown) => (error instanceof StationError ? error.code : 'no code');

async function replyTo(message: unknown): Promise<unknown> {
  const [clientEnd, stationEnd] = inProcessChannelPair();
  serve(stationEnd, openTo(handlersWith({})));
  const reply = new Promise((resolve) => clientEnd.onMessage(resolve));
  clientEnd.send(message);
  return reply;
}

describe('the contract over a channel', () => {
  it('carries a call, its argument and its result', async () => {
    const client = connected({ 'settings.set-readers': (chosen) => Promise.resolve({ readers: chosen }) });
    const chosen: ReaderSettings = { ...readers, addresses: [{ kind: 'tcp', host: '127.0.0.1', port: 4001 }] };
    expect((await client.call('settings.set-readers', chosen)).readers).toEqual(chosen);
  });

  it('hands the code of a refusal to the caller', async () => {
    const client = connected({ 'enrolment.seal': () => Promise.reject(new StationError('enrolment.incomplete')) });
    await expect(client.call('enrolment.seal', {})).rejects.toMatchObject({ code: 'enrolment.incomplete' });
  });

  it('asks whether a call may be made before it looks at the argument', async () => {
    const [clientEnd, stationEnd] = inProcessChannelPair();
    const asked: string[] = [];
    const demand = (name: string) => {
      asked.push(name);
      throw new StationError('account.not-signed-in');
    };
    const seal = () => Promise.reject(new Error('must not be reached'));
    serve(stationEnd, { ...openTo(handlersWith({ 'enrolment.seal': seal })), demand });
    const reply = new Promise((resolve) => clientEnd.onMessage(resolve));
    clientEnd.send({ kind: 'call', id: 1, name: 'enrolment.seal', argument: 'nonsense' });
    expect(await reply).toMatchObject({ kind: 'error', error: { code: 'account.not-signed-in' } });
    expect(asked).toEqual(['enrolment.seal']);
  });

  it('never lets the text of an unforeseen error out', async () => {
    const faults: unknown[] = [];
    const client = connected(
      { 'enrolment.seal': () => Promise.reject(new Error('韦试样 459999198604090011')) },
      faults,
    );
    const error: unknown = await client.call('enrolment.seal', {}).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'internal', detail: undefined });
    expect(faults).toHaveLength(1);
  });

  it('refuses a result that breaks the contract', async () => {
    const client = connected({
      'settings.get': () => Promise.resolve({ readers: { ...readers, automatic: 'by telepathy' } } as never),
    });
    await expect(client.call('settings.get', {})).rejects.toMatchObject({
      code: 'rpc.bad-result',
      detail: 'settings.get: readers.automatic',
    });
  });

  it('leaves out of a result what the contract does not name', async () => {
    const client = connected({ 'settings.get': () => Promise.resolve({ ...settings, secret: 'x' }) });
    expect(await client.call('settings.get', {})).toEqual(settings);
  });

  it('refuses an unknown call and an inherited name', async () => {
    for (const name of ['no.such-call', 'constructor', '__proto__', 'toString']) {
      expect(await replyTo({ kind: 'call', id: 7, name, argument: {} })).toMatchObject({
        kind: 'error',
        id: 7,
        error: { code: 'rpc.unknown-call' },
      });
    }
  });

  it('refuses an argument that breaks its schema and names the member, not the value', async () => {
    const reply = await replyTo({
      kind: 'call',
      id: 1,
      name: 'settings.set-readers',
      argument: { ...readers, addresses: [{ kind: 'tcp', host: 'secret-host', port: 99999 }] },
    });
    expect(reply).toMatchObject({ error: { code: 'rpc.bad-argument', detail: 'addresses.0.port' } });
    expect(JSON.stringify(reply)).not.toContain('secret-host');
  });

  it('answers any message at all with a refusal, never with a crash', async () => {
    const cloneable = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: false,
    });
    await fc.assert(
      fc.asyncProperty(cloneable, async (message) => {
        const reply = (await replyTo(message)) as { kind: string };
        expect(['refused', 'error']).toContain(reply.kind);
      }),
      { numRuns: 300 },
    );
  });

  it('delivers events to listeners until they leave', async () => {
    const [clientEnd, stationEnd] = inProcessChannelPair();
    const served = serve(stationEnd, openTo(handlersWith({})));
    const client = createClient(clientEnd);
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      const leave = client.on('reader.changed', (reader) => {
        seen.push(reader.state);
        leave();
      });
      client.on('card.trouble', () => resolve());
      served.publish('reader.changed', { state: 'ready' });
      served.publish('reader.changed', { state: 'reading' });
      served.publish('card.trouble', { code: 'card.moved' });
    });
    expect(seen).toEqual(['ready']);
  });

  it('ends waiting calls when the line is lost', async () => {
    const [clientEnd, stationEnd] = inProcessChannelPair();
    serve(stationEnd, openTo(handlersWith({ 'settings.get': () => new Promise(() => undefined) })));
    const client = createClient(clientEnd);
    const waiting = client.call('settings.get', {});
    stationEnd.close();
    await expect(waiting).rejects.toMatchObject({ code: 'rpc.closed' });
    await expect(client.call('settings.get', {})).rejects.toMatchObject({ code: 'rpc.closed' });
  });

  it('opens the line again after it was lost', async () => {
    const stations: Channel[] = [];
    const client = createReconnectingClient(() => {
      const [clientEnd, stationEnd] = inProcessChannelPair();
      serve(stationEnd, openTo(handlersWith({ 'settings.get': () => Promise.resolve(settings) })));
      stations.push(stationEnd);
      return Promise.resolve(clientEnd);
    });
    const connections: boolean[] = [];
    const again = new Promise<void>((resolve) => {
      client.onConnection((isConnected) => {
        connections.push(isConnected);
        if (connections.filter(Boolean).length === 2) resolve();
      });
    });
    while (stations.length === 0) await Promise.resolve();
    stations[0]?.close();
    await again;
    expect(connections).toEqual([false, true, false, true]);
    expect(await client.call('settings.get', {})).toEqual(settings);
  });

  it('works over a MessagePort', async () => {
    const { port1, port2 } = new MessageChannel();
    const adapt = (port: typeof port1) =>
      fromMainPort({
        postMessage: (message) => port.postMessage(message),
        on: (event: string, listener: (event: { data: unknown }) => void) =>
          port.on(event, event === 'message' ? (data: unknown) => listener({ data }) : listener),
        start: () => port.start(),
        close: () => port.close(),
      });
    serve(
      adapt(port2),
      openTo(handlersWith({ 'queue.photo': () => Promise.resolve({ jpeg: new Uint8Array([1, 2, 3]) }) })),
    );
    const client = createClient(adapt(port1));
    const result = await client.call('queue.photo', { id: '0190a6b0-0000-7000-8000-000000000000' });
    expect(result.jpeg).toEqual(new Uint8Array([1, 2, 3]));
    port1.close();
  });
});

describe('a client that wants too much', () => {
  it('is told so beyond 64 calls at once, and served again afterwards', async () => {
    const gate = Promise.withResolvers<typeof settings>();
    const client = connected({ 'settings.get': () => gate.promise });
    const calls = Array.from({ length: 70 }, () => client.call('settings.get', {}).then(() => 'served', codeOf));
    const refused = await Promise.all(calls.slice(64));
    expect(new Set(refused)).toEqual(new Set(['rpc.too-many']));
    gate.resolve(settings);
    expect(new Set(await Promise.all(calls.slice(0, 64)))).toEqual(new Set(['served']));
    expect(await client.call('settings.get', {})).toEqual(settings);
  });

  it.each([
    ['deep nesting', Uint8Array.of(...new Array<number>(3000).fill(0x91), 0xc0)],
    ['an array of millions', Uint8Array.of(0xdd, 0x00, 0x7f, 0x00, 0x00, 0x90, 0x90)],
    ['an extension type', Uint8Array.of(0xc7, 0x01, 0x05, 0x00)],
  ])('cannot send %s', (_, bytes) => {
    expect(() => fromWire(bytes)).toThrow();
  });
});

describe('the wire form', () => {
  it('keeps bytes as bytes and leaves undefined members out', () => {
    const back = fromWire(toWire({ jpeg: new Uint8Array([255, 216]), name: '覃示例', nothing: undefined }));
    expect(back).toEqual({ jpeg: new Uint8Array([255, 216]), name: '覃示例' });
  });
});
