import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ErrorCode, StationError } from '../contract/errors.ts';
import type { Acceptance, Connector, Outcome } from '../platform/connector.ts';
import { openStore } from '../store/open-store.ts';
import { Delivery } from './delivery.ts';
import { completeDraft, testCard } from './test-draft.ts';

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Script = { [M in 'addTeam' | 'addWorker' | 'updateWorker' | 'outcome' | 'findTeam' | 'findWorker']: Connector[M] };

const accepted = (serial: string): Acceptance => ({ state: 'accepted', serial });

/** A platform that has the team and takes everything, where a test does not say otherwise. */
const willing: Script = {
  addTeam: () => Promise.resolve(accepted('team')),
  addWorker: ({ idCardNumber }) => Promise.resolve(accepted(`add-${idCardNumber}`)),
  updateWorker: ({ idCardNumber }) => Promise.resolve(accepted(`update-${idCardNumber}`)),
  outcome: () => Promise.resolve<Outcome>({ state: 'done' }),
  findTeam: () => Promise.resolve({ teamSysNo: 7 }),
  findWorker: () => Promise.resolve(false),
};

/** The real store, a scripted platform, and the delivery between them. */
function desk(script: Partial<Script> = {}, projectCode = 'TEST0001', batch?: Connector['batch']) {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
  const store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32) });
  const calls = Object.fromEntries(
    Object.entries({ ...willing, ...script }).map(([name, call]) => [
      name,
      vi.fn(call as (...given: never[]) => unknown),
    ]),
  ) as unknown as { [M in keyof Script]: ReturnType<typeof vi.fn<Script[M]>> };
  const connector: Connector = {
    name: 'scripted',
    clockDifferenceSeconds: undefined,
    ...calls,
    ...(batch && { batch }),
  };
  let changed: () => void = () => undefined;
  const platform: (ErrorCode | undefined)[] = [];
  let clock = Date.now();
  const delivery = new Delivery({
    store: {
      outbox: store.outbox,
      teams: store.teams,
      record: (id) => store.records.load(id).draft,
      pictures: () => Promise.resolve({ portrait: new Uint8Array([1]), photo: new Uint8Array([2]) }),
    },
    target: () => ({ connector, projectCode }),
    now: () => new Date(clock),
    pace: { outcomeWaitsMs: [5], retryWaitsMs: [10] },
    random: () => 0.5,
    onRecordChanged: () => changed(),
    onPlatform: (error) => {
      platform.push(error?.code);
      changed();
    },
  });
  // The delivery's clock runs with the real one, so that its pauses end.
  const ticking = setInterval(() => (clock = Date.now()), 1);
  cleanups.push(async () => {
    await delivery.stop();
    clearInterval(ticking);
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const team = store.teams.add({
    projectCode: 'TEST0001',
    projectName: '示例项目',
    corpCode: 'C',
    corpName: '示例劳务公司',
    teamName: '钢筋一班',
  });
  const sealed = (order: number) => {
    const card = testCard({ number: `4599991986040900${order}0`.padEnd(18, '0') });
    return store.records.seal({ ...completeDraft(), id: newId(), team, card }, 'operator').id;
  };
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (changed = resolve));
  };
  const stateOf = (id: string) => store.records.summary(id).state;
  return { store, delivery, calls, platform, team, sealed, until, stateOf };
}

const failing = (code: ErrorCode) => () => Promise.reject(new StationError(code));

describe('the store that fails while an answer is noted', () => {
  it('leaves the record in doubt: it is asked about when there is room again, and not added twice', async () => {
    const { store, delivery, calls, platform, sealed, until, stateOf } = desk({
      findWorker: () => Promise.resolve(true),
    });
    const id = sealed(1);
    vi.spyOn(store.outbox, 'markAccepted').mockImplementationOnce(() => {
      throw new StationError('store.full');
    });
    delivery.wake();
    await until(() => platform.includes('store.full'));
    expect(stateOf(id)).toBe('sending');
    delivery.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect(calls.addWorker).toHaveBeenCalledTimes(1);
    expect(calls.findWorker).toHaveBeenCalledTimes(1);
  });
});

describe('what the platform says at once', () => {
  it('already present: brings the worker up to date instead of adding again', async () => {
    const { delivery, calls, sealed, until, stateOf } = desk({
      addWorker: () => Promise.resolve({ state: 'already-present', text: '已存在' }),
    });
    const id = sealed(1);
    delivery.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect(calls.addWorker).toHaveBeenCalledTimes(1);
    expect(calls.updateWorker).toHaveBeenCalledTimes(1);
  });

  it('already present in answer to an update: a person looks at it, and nothing is sent for ever', async () => {
    const present = () => Promise.resolve<Acceptance>({ state: 'already-present', text: '已存在' });
    const { delivery, calls, sealed, until, stateOf, store } = desk({ addWorker: present, updateWorker: present });
    const id = sealed(1);
    delivery.wake();
    await until(() => stateOf(id) === 'needs-attention');
    expect(calls.updateWorker).toHaveBeenCalledTimes(1);
    expect(store.records.summary(id).platformText).toBe('已存在');
  });

  it('refused: the words of the platform reach the operator', async () => {
    const { delivery, sealed, until, stateOf, store } = desk({
      addWorker: () => Promise.resolve({ state: 'refused', text: '工种有误', fields: ['workType'] }),
    });
    const id = sealed(1);
    delivery.wake();
    await until(() => stateOf(id) === 'needs-attention');
    expect(store.records.summary(id)).toMatchObject({ platformText: '工种有误', error: { detail: 'workType' } });
  });

  it('a team that is there already is adopted by its number or by its name', async () => {
    const findTeam = vi.fn<Connector['findTeam']>(() => Promise.resolve({ teamSysNo: 9 }));
    findTeam.mockImplementationOnce(() => Promise.resolve(undefined));
    const { delivery, sealed, until, stateOf, store, team } = desk({
      findTeam,
      addTeam: () => Promise.resolve({ state: 'already-present', text: '班组已存在' }),
    });
    const id = sealed(1);
    delivery.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect(store.teams.find(team.id)?.teamSysNo).toBe(9);
  });
});

describe('questions that get no answer', () => {
  it('a refused question for the outcome leaves the record accepted and is asked again', async () => {
    const outcome = vi.fn<Connector['outcome']>(() => Promise.resolve({ state: 'done' }));
    outcome.mockImplementationOnce(failing('platform.bad-answer'));
    const { delivery, calls, sealed, until, stateOf } = desk({ outcome });
    const id = sealed(1);
    delivery.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect(calls.addWorker).toHaveBeenCalledTimes(1);
  });

  it('a team request that the platform has forgotten does not block the team', async () => {
    const findTeam = vi.fn<Connector['findTeam']>(() => Promise.resolve({ teamSysNo: 9 }));
    findTeam.mockImplementationOnce(() => Promise.resolve(undefined));
    const outcome = vi.fn<Connector['outcome']>(() => Promise.resolve({ state: 'done' }));
    outcome.mockImplementationOnce(failing('platform.bad-answer'));
    const { delivery, calls, sealed, until, stateOf } = desk({ findTeam, outcome });
    const id = sealed(1);
    delivery.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect(calls.addTeam).toHaveBeenCalledTimes(1);
  });

  it("asks for a team's outcome once a round, however many of its workers wait", async () => {
    const findTeam = () => Promise.resolve(undefined);
    const questions: string[] = [];
    const outcome = (serial: string) => {
      questions.push(serial);
      return Promise.resolve<Outcome>(serial === 'team' ? { state: 'done', teamSysNo: 7 } : { state: 'done' });
    };
    const { delivery, sealed, until, stateOf } = desk({ findTeam, outcome });
    const ids = [1, 2, 3, 4, 5].map(sealed);
    delivery.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(questions.filter((serial) => serial === 'team')).toHaveLength(1);
  });
});

describe('trouble that concerns one record', () => {
  it.each(['platform.bad-answer', 'platform.record-refused', 'store.corrupt'] as const)(
    '%s of the first does not hold up the second',
    async (code) => {
      const { delivery, sealed, until, stateOf, calls } = desk();
      const [first, second] = [sealed(1), sealed(2)];
      const number = testCard({ number: '459999198604090010' }).fields.number;
      calls.addWorker.mockImplementation(({ idCardNumber }) =>
        idCardNumber.startsWith(number.slice(0, 17))
          ? Promise.reject(new StationError(code))
          : Promise.resolve(accepted('x')),
      );
      delivery.wake();
      await until(() => stateOf(second) === 'confirmed');
      expect(stateOf(first)).not.toBe('confirmed');
    },
  );

  it('a record of another project waits and is not sent to this one', async () => {
    const { delivery, sealed, until, calls, store, stateOf } = desk({}, 'OTHER');
    const id = sealed(1);
    delivery.wake();
    await until(() => store.records.summary(id).error !== undefined);
    expect(stateOf(id)).toBe('sealed');
    for (const call of Object.values(calls)) expect(call).not.toHaveBeenCalled();
  });
});

describe('trouble that concerns everything', () => {
  it.each(['platform.unreachable', 'platform.busy', 'platform.no-permission'] as const)(
    '%s pauses the whole queue and marks nobody',
    async (code) => {
      const addWorker = vi.fn(willing.addWorker);
      addWorker.mockImplementationOnce(failing(code));
      const { delivery, sealed, until, stateOf, calls } = desk({ addWorker });
      const ids = [sealed(1), sealed(2)];
      delivery.wake();
      await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
      const numbers = calls.addWorker.mock.calls.map(([worker]) => worker.idCardNumber.slice(16, 17));
      expect(numbers).toHaveLength(3);
    },
  );

  it('a store that fails is told, and the queue goes on when it works again', async () => {
    const { delivery, sealed, until, platform, store, stateOf } = desk();
    const id = sealed(1);
    const full = vi.spyOn(store.outbox, 'markSending').mockImplementation(() => {
      throw new StationError('store.full');
    });
    delivery.wake();
    await until(() => platform.includes('store.full'));
    expect(stateOf(id)).toBe('sealed');
    full.mockRestore();
    delivery.wake();
    await until(() => stateOf(id) === 'confirmed');
  });
});

describe('a record that always fails', () => {
  it.each(['platform.busy', 'platform.bad-answer', 'internal'] as const)(
    'with %s does not hold up the others, before or behind it',
    async (code) => {
      const { delivery, sealed, until, stateOf, calls } = desk();
      const ids = [1, 2, 3, 4, 5, 6].map(sealed);
      const poison = '45999919860409001';
      calls.addWorker.mockImplementation(({ idCardNumber }) =>
        idCardNumber.startsWith(poison)
          ? Promise.reject(new StationError(code))
          : Promise.resolve(accepted(idCardNumber)),
      );
      delivery.wake();
      await until(() => ids.slice(1).every((id) => stateOf(id) === 'confirmed'));
      expect(stateOf(ids[0] ?? '')).not.toBe('confirmed');
    },
  );

  it('in a request with others is left to itself after some tries', async () => {
    const poison = '45999919860409003';
    const addWorkers = vi.fn((workers: readonly { readonly idCardNumber: string }[]) =>
      workers.some(({ idCardNumber }) => idCardNumber.startsWith(poison))
        ? Promise.reject(new StationError('platform.bad-answer'))
        : Promise.resolve(accepted('batch')),
    );
    const addWorker = ({ idCardNumber }: { readonly idCardNumber: string }) => addWorkers([{ idCardNumber }]);
    const { delivery, sealed, until, stateOf } = desk({ addWorker }, 'TEST0001', {
      largest: 5,
      check: () => undefined,
      addWorkers,
    });
    const ids = [1, 2, 3, 4, 5].map(sealed);
    delivery.wake();
    await until(() => ids.every((id, index) => index === 2 || stateOf(id) === 'confirmed'));
    expect(stateOf(ids[2] ?? '')).not.toBe('confirmed');
  });
});

describe('a request with several', () => {
  const batchOf = (addWorkers: NonNullable<Connector['batch']>['addWorkers']) => ({
    largest: 5,
    check: () => undefined,
    addWorkers,
  });

  it('that is refused without a word on whom is sent one by one, after asking', async () => {
    const refused = { state: 'refused', text: '数据有误', fields: [], rows: [] } as const;
    const { delivery, calls, sealed, until, stateOf } = desk(
      {},
      'TEST0001',
      batchOf(() => Promise.resolve(refused)),
    );
    const ids = [1, 2, 3].map(sealed);
    delivery.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(calls.addWorker).toHaveBeenCalledTimes(3);
    expect(calls.findWorker).toHaveBeenCalledTimes(3);
  });

  it('is marked before the call and settled with one question', async () => {
    const states: string[][] = [];
    const { delivery, calls, sealed, until, stateOf, store } = desk(
      {},
      'TEST0001',
      batchOf(() => {
        states.push(ids.map((id) => stateOf(id)));
        return Promise.resolve(accepted('batch'));
      }),
    );
    const ids = [1, 2, 3].map(sealed);
    delivery.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(states).toEqual([['sending', 'sending', 'sending']]);
    expect(calls.outcome.mock.calls.map(([serial]) => serial)).toEqual(['batch']);
    expect(calls.outcome.mock.calls[0]?.[1]).toMatchObject([
      { idCardNumber: '459999198604090010' },
      { idCardNumber: '459999198604090020' },
      { idCardNumber: '459999198604090030' },
    ]);
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
  });
});

it('records of one person go one after the other in the order of sealing', async () => {
  const order: string[] = [];
  const { delivery, calls, until, stateOf, store, team } = desk();
  calls.addWorker.mockImplementation(({ cellPhone }) => Promise.resolve(accepted(`add-${order.push(cellPhone)}`)));
  calls.updateWorker.mockImplementation(({ cellPhone }) => Promise.resolve(accepted(`up-${order.push(cellPhone)}`)));
  const phones = ['13800000001', '13800000002', '13800000003'];
  const ids = phones.map((cellPhone) => {
    const draft = completeDraft();
    return store.records.seal({ ...draft, id: newId(), team, fields: { ...draft.fields, cellPhone } }, 'operator').id;
  });
  delivery.wake();
  await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
  expect(order).toEqual(phones);
  expect(calls.updateWorker).toHaveBeenCalledTimes(2);
});
