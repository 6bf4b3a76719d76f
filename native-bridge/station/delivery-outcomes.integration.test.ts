import { afterEach, describe, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import { testCard } from '../enrolment/test-draft.ts';
import type { Sandbox, SandboxOptions } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { Cleanups, nationalConnection, openDeliveryDesk, personNumber } from './test-delivery.ts';

const cleanups = new Cleanups();
afterEach(() => cleanups.run());

async function desk(options: SandboxOptions = {}) {
  const sandbox = await cleanups.sandbox({ asyncDelayMs: 0, ...options });
  const file = cleanups.dataFile();
  return { sandbox, file, ...openDesk(sandbox, openStore(file)) };
}

function openDesk(sandbox: Sandbox, store: Store) {
  const opened = openDeliveryDesk(store, nationalConnection(sandbox));
  cleanups.add(opened.close);
  return opened;
}

const adds = async (sandbox: Sandbox) =>
  (await sandbox.requests()).filter(({ method }) => method === 'ProjectWorker.Add').length;

describe('records that a person changes after sealing', () => {
  const withPhone = (store: Store, id: string, cellPhone: string) => {
    const { fields, team } = store.correction.correctable(id);
    return { fields: { ...fields, cellPhone }, team };
  };

  it('brings the correction of a confirmed record there as an update', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const id = sealed(1);
    platform.wake();
    await until(() => stateOf(id) === 'confirmed');
    const corrected = store.correction.correct(id, withPhone(store, id, '13900000000'), 'operator').id;
    platform.wake();
    await until(() => stateOf(corrected) === 'confirmed');
    expect(stateOf(id)).toBe('confirmed');
    expect(await sandbox.workers()).toMatchObject([{ fields: { cellPhone: '13900000000' }, updates: 1 }]);
    const { people } = await sandbox.counters();
    expect(people).toMatchObject([{ added: 1, duplicatesRefused: 0 }]);
  });

  it('brings the correction of a refused record there, once', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const id = sealed(1, (draft) => ({ ...draft, fields: { ...draft.fields, workType: '999' } }));
    platform.wake();
    await until(() => stateOf(id) === 'needs-attention');
    const { fields, team } = store.correction.correctable(id);
    const corrected = { fields: { ...fields, workType: '020' }, team };
    const newer = store.correction.correct(id, corrected, 'operator').id;
    platform.wake();
    await until(() => stateOf(newer) === 'confirmed');
    expect(stateOf(id)).toBe('superseded');
    expect(await sandbox.workers()).toHaveLength(1);
  });

  it.each(['loseAnswer', 'resetBefore'] as const)(
    'asks before it sends the correction of a record in doubt: %s',
    async (fault) => {
      const { sandbox, platform, sealed, until, stateOf, store } = await desk();
      const first = sealed(1);
      platform.wake();
      await until(() => stateOf(first) === 'confirmed');
      sandbox.setFaults({ [fault]: 1, onlyMethods: ['ProjectWorker.Add'] });
      const id = sealed(2);
      let corrected: string | undefined;
      platform.wake();
      await until(() => {
        const { state, error } = store.records.summary(id);
        // The moment between the lost answer and the next try.
        if (state === 'sealed' && error?.code === 'platform.unreachable')
          corrected ??= store.correction.correct(id, withPhone(store, id, '13900000000'), 'operator').id;
        return corrected !== undefined && stateOf(corrected) === 'confirmed';
      });
      expect(stateOf(id)).toBe('superseded');
      const workers = await sandbox.workers();
      expect(workers.map(({ fields }) => fields['cellPhone']).toSorted()).toEqual(['13800000000', '13900000000']);
      const { people } = await sandbox.counters();
      expect(people.map(({ added, duplicatesRefused }) => [added, duplicatesRefused])).toEqual([
        [1, 0],
        [1, 0],
      ]);
    },
  );

  it('sends nothing of records that were taken back or erased while others were sent, and goes on at once', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, team } = await desk();
    const first = sealed(1);
    // Of another team, so that they do not travel with the first one.
    const other = store.teams.add({ ...team, teamName: '木工二班' });
    const [takenBack, erased, corrected, last] = [2, 5, 3, 4].map((order) =>
      sealed(order, (draft) => ({ ...draft, team: other })),
    ) as [string, string, string, string];
    platform.wake();
    let newer: string | undefined;
    await until(() => {
      if (newer === undefined && stateOf(first) !== 'sealed') {
        store.withdrawal.withdraw(takenBack, 'left', undefined, 'operator');
        store.withdrawal.withdraw(erased, 'consent-withdrawn', undefined, 'operator');
        store.retention.wish(erased, 'consent-withdrawn', 'operator');
        newer = store.correction.correct(corrected, withPhone(store, corrected, '13900000000'), 'operator').id;
      }
      return newer !== undefined && [first, last, newer].every((id) => stateOf(id) === 'confirmed');
    });
    expect([takenBack, corrected].map(stateOf)).toEqual(['withdrawn', 'superseded']);
    expect(await sandbox.workers()).toHaveLength(3);
    expect(platform.state).toMatchObject({ state: 'reachable' });
    expect(store.records.unsent()).toMatchObject({ count: 0, needsAttention: 0 });
  });
});

describe('several workers in one request', () => {
  it('sends seven workers of one team with two requests', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const ids = [1, 2, 3, 4, 5, 6, 7].map((order) => sealed(order));
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(await adds(sandbox)).toBe(2);
    expect(new Set(ids.map((id) => store.records.summary(id).serial)).size).toBe(2);
  });

  it('keeps the teams apart', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, team } = await desk();
    const other = store.teams.add({ ...team, teamName: '木工二班' });
    const ids = [1, 2, 3, 4].map((order) => sealed(order, (draft) => (order % 2 ? draft : { ...draft, team: other })));
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    const teams = (await sandbox.workers()).map(({ workerName, teamName }) => [workerName, teamName]);
    expect(Object.fromEntries(teams)).toEqual({
      韦试样1: '钢筋一班',
      韦试样2: '木工二班',
      韦试样3: '钢筋一班',
      韦试样4: '木工二班',
    });
  });

  it.each([0, 2, 4])('one that the platform refuses, at place %i, holds up none of the others', async (place) => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const wrongNumber = (draft: Draft): Draft => {
      const number = personNumber(9).slice(0, 17) + (personNumber(9).endsWith('1') ? '2' : '1');
      const { portrait } = draft.card ?? testCard();
      return { ...draft, card: { ...testCard({ number, name: '韦试样9' }), portrait } };
    };
    const ids = [0, 1, 2, 3, 4].map((order) => sealed(order + 1, order === place ? wrongNumber : undefined));
    platform.wake();
    await until(() => ids.every((id) => ['confirmed', 'needs-attention'].includes(stateOf(id))));
    const set = ids.filter((id) => stateOf(id) === 'needs-attention');
    expect(set).toEqual([ids[place]]);
    const { error, platformText } = store.records.summary(ids[place] ?? '');
    expect(error).toMatchObject({ code: 'platform.record-refused', detail: 'idCardNumber' });
    expect(platformText).toContain('校验位');
    const { people } = await sandbox.counters();
    expect(people.map(({ added, duplicatesRefused }) => [added, duplicatesRefused])).toEqual(Array(4).fill([1, 0]));
  });

  it.each(['refuseAll', 'addOthers'] as const)(
    'brings the one up to date who was there, and adds the others, when the platform does %s',
    async (onDuplicate) => {
      const { sandbox, platform, sealed, until, stateOf } = await desk({ onDuplicate });
      const other = openDesk(sandbox, openStore(cleanups.dataFile()));
      const theirs = other.sealed(2);
      other.platform.wake();
      await other.until(() => other.stateOf(theirs) === 'confirmed');
      const phone = (draft: Draft): Draft => ({ ...draft, fields: { ...draft.fields, cellPhone: '13900000000' } });
      const ids = [1, 2, 3].map((order) => sealed(order, phone));
      platform.wake();
      await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
      const workers = await sandbox.workers();
      expect(workers.map(({ fields }) => fields['cellPhone'])).toEqual(Array(3).fill('13900000000'));
      const { people } = await sandbox.counters();
      expect(people.map(({ added }) => added)).toEqual([1, 1, 1]);
      expect(people.reduce((sum, { duplicatesRefused }) => sum + duplicatesRefused, 0)).toBe(1);
    },
  );
});

describe('the failure of the platform itself', () => {
  it('while it processes is tried again, and asks a person in the end; then it goes on', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    sandbox.setFaults({ failAsync: 'Internal Error', onlyMethods: ['ProjectWorker.Add'] });
    const id = sealed(2);
    platform.wake();
    await until(() => store.records.summary(id).error?.code === 'platform.failed-there');
    expect(stateOf(id)).not.toBe('needs-attention');
    await until(() => stateOf(id) === 'needs-attention');
    expect(await adds(sandbox)).toBe(6);
    expect(store.records.summary(id)).toMatchObject({
      error: { code: 'platform.failed-there' },
      platformText: 'Internal Error',
    });
    sandbox.clearFaults();
    store.outbox.retryNow(id);
    platform.wake();
    await until(() => stateOf(id) === 'confirmed');
  });

  it('that passes costs nobody anything', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    sandbox.setFaults({ failAsync: '系统异常' });
    const ids = [2, 3, 4].map((order) => sealed(order));
    platform.wake();
    await until(() => store.records.summary(ids[0] ?? '').error?.code === 'platform.failed-there');
    sandbox.clearFaults();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect((await sandbox.counters()).people.map(({ added }) => added)).toEqual([1, 1, 1, 1]);
  });

  it('of a wrong clock is told as such, and the records wait until the clocks agree', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    sandbox.setFaults({ clockOffMs: 3_600_000 });
    const id = sealed(1);
    platform.wake();
    await until(() => platform.state.state === 'trouble');
    expect(platform.state.error?.code).toBe('platform.clock-wrong');
    expect(platform.state.clockDifferenceSeconds).toBeGreaterThan(3590);
    expect(stateOf(id)).toBe('sealed');
    sandbox.clearFaults();
    await until(() => stateOf(id) === 'confirmed');
    expect(await sandbox.workers()).toHaveLength(1);
  });
});
