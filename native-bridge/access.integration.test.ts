import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Access, leastRoles, openEvents } from './contract/access.ts';
import { type Role, roles } from './contract/account.ts';
import type { StationClient } from './contract/client.ts';
import { errorCodes } from './contract/errors.ts';
import { calls, type CallName, type EventName, events } from './contract/station.ts';
import type { Channel } from './rpc/channel.ts';
import { createClient } from './rpc/client.ts';
import { inProcessChannelPair } from './rpc/in-process-channel.ts';
import { replySchema } from './rpc/messages.ts';
import { StationHost } from './station-host.ts';
import { becomeAdministrator, testPassword } from './station/test-accounts.ts';

/*
 * What the platform's security test asks: roles are enforced here and not in the page, and whatever a page sends is
 * answered with a code of the closed set, never with a crash, and never with what it sent.
 */

const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-access-'));
const assetsFolder = join(import.meta.dirname, '..', 'assets');
let practiceControl = '';
const host = new StationHost({
  onReady: (addresses) => (practiceControl = addresses.practiceControl ?? ''),
  onFatal: () => undefined,
});
const faults = vi.spyOn(console, 'error').mockImplementation(() => undefined);

const names = { operator: '覃示例', supervisor: '黄主管', administrator: '莫管理' } as const satisfies Record<
  Role,
  string
>;
const own = 'a password of one’s own';
let client: StationClient;

function newChannel(): Channel {
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  return clientEnd;
}

beforeAll(async () => {
  await host.start({
    version: 'test',
    dataFolder,
    assetsFolder,
    storeKey: randomBytes(32),
    operator: 'desk',
    practiceControlPort: 0,
  });
  client = createClient(newChannel());
  await becomeAdministrator(client, names.administrator);
  for (const role of ['operator', 'supervisor'] as const) {
    await client.call('account.add', { name: names[role], password: testPassword, role });
    await client.call('account.sign-in', { name: names[role], password: testPassword });
    await client.call('account.change-password', { current: testPassword, next: own });
    await client.call('account.sign-in', { name: names.administrator, password: testPassword });
  }
});

afterAll(async () => {
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const become = (role: Role) =>
  client.call('account.sign-in', { name: names[role], password: role === 'administrator' ? testPassword : own });

const callNames = Object.keys(calls) as CallName[];
let nextId = 0;

/** As a page that keeps to no schema would send it. */
async function send(name: string, argument: unknown): Promise<z.infer<typeof replySchema>> {
  const channel = newChannel();
  const reply = new Promise<unknown>((resolve) =>
    channel.onMessage((message) => (message as { kind: string }).kind !== 'event' && resolve(message)),
  );
  channel.send({ kind: 'call', id: nextId++, name, argument });
  const answered = replySchema.parse(await reply);
  channel.close();
  return answered;
}

const codeOf = (reply: z.infer<typeof replySchema>) => ('error' in reply ? reply.error.code : undefined);

const may = (role: Role, least: Access) => least === 'anyone' || roles.indexOf(role) >= roles.indexOf(least);

describe('a role', () => {
  it.each(roles)('%s may make exactly the calls of the table', async (role) => {
    await become(role);
    for (const name of callNames) {
      // No call takes a number: whoever may make the call is told so, and nothing is done.
      const expected = may(role, leastRoles[name]) ? 'rpc.bad-argument' : 'account.role-too-low';
      expect(codeOf(await send(name, 17)), name).toBe(expected);
    }
  });

  it('of nobody leaves what a locked desk needs', async () => {
    await client.call('account.lock', {});
    for (const name of callNames) {
      const expected = leastRoles[name] === 'anyone' ? 'rpc.bad-argument' : 'account.not-signed-in';
      expect(codeOf(await send(name, 17)), name).toBe(expected);
    }
  });
});

describe('a locked desk', () => {
  it('hears nothing of people, and everything once somebody has signed in', async () => {
    await become('operator');
    await client.call('practice.lift', {});
    const heard: EventName[] = [];
    for (const name of Object.keys(events) as EventName[]) client.on(name, () => heard.push(name));
    await client.call('account.lock', {});
    await client.call('account.create-first', { name: names.operator, password: own }).catch(() => undefined);
    expect(heard.filter((name) => !openEvents.has(name))).toEqual([]);
    await become('operator');
    expect(heard).toEqual(expect.arrayContaining(['account.changed', 'enrolment.changed', 'record.erased']));
  });
});

describe('a card on a locked desk', () => {
  const control = (path: string, body: object) =>
    fetch(`${practiceControl}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const logged = () =>
    readdirSync(join(dataFolder, 'logs'))
      .map((name) => readFileSync(join(dataFolder, 'logs', name), 'utf8'))
      .join('');

  it('is told to nobody and begins nothing; laid again it is read', async () => {
    await become('operator');
    await client.call('account.lock', {});
    const heard: EventName[] = [];
    for (const name of Object.keys(events) as EventName[]) client.on(name, () => heard.push(name));
    await control('/lay', { deck: 'adult-female-han' });
    // The log says that the card was read and refused: only then silence is silence.
    await vi.waitFor(() => expect(logged()).toMatch(/card\.trouble.*account\.not-signed-in/), { timeout: 20_000 });
    expect(heard.filter((name) => !openEvents.has(name))).toEqual([]);
    await control('/lift', {});
    await become('operator');
    expect((await client.call('enrolment.current', {})).enrolment).toBeUndefined();
    const read = new Promise<void>((resolve) => {
      client.on('enrolment.changed', ({ enrolment }) => enrolment !== undefined && resolve());
    });
    await control('/lay', { deck: 'adult-female-han' });
    await read;
    await client.call('enrolment.discard', { reason: 'test' });
    await control('/lift', {});
  });
});

/** A person who does not exist; what an answer must never say again. */
const planted = ['45999919860409001X', '韦试样', 'my secret password'] as const;

/** Named here and made when sent: a failure shows what was sent, and these are too large for that. */
const made: Readonly<Record<string, () => unknown>> = {
  '(huge text)': () => 'x'.repeat(300_000),
  '(deep object)': () => Array.from({ length: 500 }).reduce<unknown>((inner) => ({ inner }), planted[0]),
  '(seven megabytes)': () => new Uint8Array(7_000_001),
  '(long list)': () => Array.from({ length: 10_000 }, () => planted[1]),
};
const makeIfNamed = (value: unknown): unknown => (typeof value === 'string' ? (made[value]?.() ?? value) : value);
const makeWithin = (value: unknown): unknown =>
  value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, makeIfNamed(member)]))
    : makeIfNamed(value);

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    ...planted,
    ...Object.keys(made),
    null,
    undefined,
    NaN,
    -1,
    2 ** 53,
    '',
    '\u0000',
    '../../etc/passwd',
  ),
  fc.constant<unknown>(JSON.parse('{"__proto__":{"role":"administrator"},"constructor":1}')),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, maxDepth: 3 }),
);

/** Anything, and objects with the right members and the wrong content. */
function argumentsOf(name: CallName): fc.Arbitrary<unknown> {
  const schema: z.ZodType = calls[name].argument;
  if (!(schema instanceof z.ZodObject)) return hostile;
  const members = Object.fromEntries(Object.keys(schema.shape as object).map((member) => [member, hostile]));
  return fc.oneof(hostile, fc.record(members));
}

/** These end or change who is there; they come last, each after a new sign-in. */
const aboutSession = (name: CallName) => leastRoles[name] === 'anyone' && name.startsWith('account.');

describe('whatever is sent', () => {
  it.each([...callNames.filter((name) => !aboutSession(name)), ...callNames.filter(aboutSession)])(
    'to %s is answered with a code and says nothing back',
    async (name) => {
      if (codeOf(await send('account.list', {})) !== undefined) await become('administrator');
      faults.mockClear();
      const check = fc.asyncProperty(argumentsOf(name), async (argument) => {
        const reply = await send(name, makeWithin(argument));
        if (reply.kind === 'result') return;
        const code = codeOf(reply) ?? 'internal';
        expect(errorCodes).toContain(code);
        expect(code).not.toBe('internal');
        for (const value of planted) expect(JSON.stringify(reply)).not.toContain(value);
      });
      await fc.assert(check, { numRuns: 10, seed: 20260305, endOnFailure: true });
      expect(faults.mock.calls).toEqual([]);
    },
  );

  it('under a name that is no call is refused', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'settings', '']) {
      expect(codeOf(await send(name, {})), name).toBe('rpc.unknown-call');
    }
  });
});
