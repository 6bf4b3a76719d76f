import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { Cleanups, nationalConnection, openDeliveryDesk } from './test-delivery.ts';

const cleanups = new Cleanups();
afterEach(() => cleanups.run());

async function desk() {
  const sandbox = await cleanups.sandbox({ asyncDelayMs: 0 });
  const file = cleanups.dataFile();
  const open = () => {
    const opened = openDeliveryDesk(openStore(file), nationalConnection(sandbox));
    cleanups.add(opened.close);
    return opened;
  };
  return { sandbox, open, ...open() };
}

const actions = (store: Awaited<ReturnType<typeof desk>>['store']) =>
  store.audit.list('station').map(({ action, actor }) => [action, actor]);

describe('a pause of sending', () => {
  it('holds every record back until it is ended; then all go out, each once', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, deliver } = await desk();
    sealed(1);
    await deliver();
    platform.pause('覃示例');
    expect(platform.paused).toMatchObject({ sending: 0 });
    const ids = [2, 3].map((order) => sealed(order));
    const { length } = await sandbox.requests();
    platform.wake();
    // Whoever asks for the lock next comes after the sender's turn.
    await platform.exclusive(() => undefined);
    await platform.exclusive(() => undefined);
    expect(ids.map(stateOf)).toEqual(['sealed', 'sealed']);
    expect(await sandbox.requests()).toHaveLength(length);
    expect(platform.delivery).toBeUndefined();
    platform.resume('莫示例');
    expect(platform.paused).toBeUndefined();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(await sandbox.workers()).toHaveLength(3);
    expect(actions(store)).toEqual([
      ['sending.paused', '覃示例'],
      ['sending.resumed', '莫示例'],
    ]);
  });

  it('lets the request under way come to its end, with its answer, and sends nothing after it', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    const ids = [1, 2, 3].map((order) => sealed(order));
    platform.wake();
    await until(() => ids.some((id) => stateOf(id) === 'sending'));
    platform.pause('operator');
    const late = sealed(4);
    await platform.exclusive(() => undefined);
    await platform.exclusive(() => undefined);
    expect(ids.map(stateOf)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(stateOf(late)).toBe('sealed');
    platform.resume('operator');
    await until(() => [...ids, late].every((id) => stateOf(id) === 'confirmed'));
    const { people } = await sandbox.counters();
    expect(people.map(({ added }) => added)).toEqual([1, 1, 1, 1]);
  });

  it('is forgotten at the next start, which sends what was held back', async () => {
    const { sandbox, platform, sealed, close, open } = await desk();
    platform.pause('operator');
    sealed(1);
    await close();
    const again = open();
    expect(again.platform.paused).toBeUndefined();
    await again.deliver();
    expect(await sandbox.workers()).toHaveLength(1);
  });

  it('does not keep an operator from asking the platform something', async () => {
    const { platform, connection } = await desk();
    platform.pause('operator');
    await platform.ask(({ connector }) => connector.findTeam({ ...connection, teamName: '没有这个班组' }));
    expect(platform.state.state).toBe('reachable');
  });
});
