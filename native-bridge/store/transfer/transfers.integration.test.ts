import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';
import { numberedDraft, sampleDraft } from '../sample-draft.ts';
import { cancelled } from './export-package.ts';
import { makePassphrase } from './key-wrap.ts';
import { openTestStation, openTwoStations } from './two-stations.ts';
import type { TestStation, TwoStations } from './two-stations.ts';

let stations: TwoStations;
let a: TestStation;
let b: TestStation;

beforeEach(() => {
  stations = openTwoStations();
  ({ a, b } = stations);
});
afterEach(() => stations.close());

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const row = z.record(z.string(), z.unknown());

/** Everything an import may write, for comparing whole databases. */
function everything({ database }: TestStation): unknown {
  const tables = ['records', 'outbox', 'media', 'audit', 'audit_head', 'teams', 'team_aliases', 'settings']
    .concat(['transfers', 'transfer_records', 'transfer_stations', 'transfer_audit', 'transfer_conflicts'])
    .map((table) => [table, database.rows(row, `SELECT * FROM ${table} ORDER BY 1, 2`)]);
  return Object.fromEntries(tables);
}

const sealSome = (station: TestStation, count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => station.seal(from + index));

const handOver = () =>
  ({
    kind: 'hand-over',
    receiver: { station: b.store.transfers.own() },
    folder: stations.stick,
    practice: false,
    actor: 'tester',
  }) as const;

async function receipt(from: TestStation, to: TestStation) {
  return from.store.transfers.export({
    kind: 'receipt',
    receiver: { station: to.store.transfers.own() },
    folder: stations.stick,
    practice: false,
    actor: 'tester',
  });
}

describe('handing over', () => {
  test('records leave one station and are sent by the other, which asks the platform first', async () => {
    const ids = sealSome(a, 3);
    const report = await a.give(b);
    expect(report).toMatchObject({ written: 3, leftOut: 0, unreadable: [] });
    expect(ids.map(a.stateOf)).toEqual(['handed-over', 'handed-over', 'handed-over']);
    expect(a.store.outbox.due(new Date(), 9)).toEqual([]);
    expect(await b.take(report.path)).toMatchObject({ whole: true, missingCount: 0, counts: { entered: 3 } });
    const due = b.store.outbox.due(new Date(), 9);
    expect(due.map(({ recordId }) => recordId)).toEqual(ids);
    expect(due.every(({ inDoubt }) => inDoubt)).toBe(true);
    for (const id of ids) expect(b.store.records.load(id)).toEqual(a.store.records.load(id));
  });

  test("the receiver's receipt brings the end of each record home", async () => {
    const ids = sealSome(a, 3);
    const { path } = await a.give(b);
    await b.take(path);
    b.sendAll();
    expect(await a.take((await receipt(b, a)).path)).toMatchObject({ whole: true, outcomes: 3 });
    expect(ids.map(a.stateOf)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(a.store.audit.verify()).not.toHaveProperty('brokenAt');
    expect(b.store.audit.verify()).not.toHaveProperty('brokenAt');
  });

  test('what is being sent, or waits for its outcome, stays, and so do other records of that person', async () => {
    const [sending = '', accepted = '', free = ''] = sealSome(a, 3);
    const again = a.store.records.seal(numberedDraft(2), 'tester').id;
    a.store.outbox.markSending(sending);
    a.store.outbox.markSending(accepted);
    a.store.outbox.markAccepted(accepted, 'S1');
    expect(await a.give(b)).toMatchObject({ written: 1 });
    expect([sending, accepted, again, free].map(a.stateOf)).toEqual(['sending', 'accepted', 'sealed', 'handed-over']);
  });

  test('a handed-over record cannot be sent from the queue by hand', async () => {
    const [id = ''] = sealSome(a, 1);
    await a.give(b);
    expect(() => a.store.outbox.retryNow(id)).toThrow();
    expect(a.stateOf(id)).toBe('handed-over');
  });

  test('with nothing to give away nothing is written', async () => {
    await expect(a.give(b)).rejects.toThrow(code('transfer.nothing'));
    expect(readdirSync(stations.stick)).toEqual([]);
  });

  test('a record given back is sent here again, once, however often the file is read', async () => {
    const [id = ''] = sealSome(a, 1);
    await b.take((await a.give(b)).path);
    const back = await b.give(a);
    expect(await a.take(back.path)).toMatchObject({ counts: { entered: 1 } });
    expect(a.store.outbox.due(new Date(), 9)).toMatchObject([{ recordId: id, inDoubt: true }]);
    const again = await a.give(b);
    expect(await a.take(back.path)).toMatchObject({ counts: { unchanged: 1 } });
    expect(a.stateOf(id)).toBe('handed-over');
    expect(await b.take(again.path)).toMatchObject({ counts: { entered: 1 } });
    expect(b.store.outbox.due(new Date(), 9)).toMatchObject([{ recordId: id, inDoubt: true }]);
  });
});

describe('taking back', () => {
  test('a lost stick: everything is sent here again, asking first', async () => {
    const ids = sealSome(a, 3);
    const { id } = await a.give(b);
    expect(a.store.transfers.takeBack(id, 'tester')).toBe(3);
    const due = a.store.outbox.due(new Date(), 9);
    expect(due.map((item) => [item.recordId, item.inDoubt])).toEqual(ids.map((recordId) => [recordId, true]));
    expect(a.store.transfers.takeBack(id, 'tester')).toBe(0);
  });

  test('older data that was handed over does not come back over newer data', async () => {
    const [old = ''] = sealSome(a, 1);
    const { id } = await a.give(b);
    const newer = a.store.records.seal(numberedDraft(1), 'tester').id;
    expect(a.store.transfers.takeBack(id, 'tester')).toBe(0);
    expect([old, newer].map(a.stateOf)).toEqual(['superseded', 'sealed']);
  });

  test('a second hand-over is not undone by taking back the first', async () => {
    const [id = ''] = sealSome(a, 1);
    const first = await a.give(b);
    a.store.transfers.takeBack(first.id, 'tester');
    await a.give(b);
    expect(a.store.transfers.takeBack(first.id, 'tester')).toBe(0);
    expect(a.stateOf(id)).toBe('handed-over');
  });

  test('what the receiver has confirmed stays confirmed', async () => {
    const [id = ''] = sealSome(a, 1);
    const given = await a.give(b);
    await b.take(given.path);
    b.sendAll();
    await a.take((await receipt(b, a)).path);
    expect(a.store.transfers.takeBack(given.id, 'tester')).toBe(0);
    expect(a.stateOf(id)).toBe('confirmed');
  });
});

describe('importing', () => {
  test('twice changes nothing at all', async () => {
    sealSome(a, 5);
    const { path } = await a.give(b);
    await b.take(path);
    const before = everything(b);
    expect(await b.take(path)).toMatchObject({ whole: true, counts: { entered: 0, unchanged: 5 } });
    expect(everything(b)).toEqual(before);
  });

  test('a copy changes nothing where it was made, and brings back a lost station', async () => {
    const ids = sealSome(a, 3);
    const { path } = await a.give(b, 'copy');
    expect(ids.map(a.stateOf)).toEqual(['sealed', 'sealed', 'sealed']);
    const before = everything(a);
    const passphrase = makePassphrase();
    await expect(a.take(path)).rejects.toThrow(code('transfer.not-for-us'));
    expect(everything(a)).toEqual(before);
    const archive = await a.store.transfers.export({
      kind: 'copy',
      receiver: { passphrase },
      folder: stations.stick,
      practice: false,
      actor: 'tester',
    });
    const rebuilt = openTestStation(`${stations.stick}/rebuilt.db`, stations.stick);
    try {
      const request = { path: archive.path, practice: false, actor: 'tester', passphrase };
      await expect(rebuilt.store.transfers.import(request)).rejects.toThrow(code('transfer.unknown-sender'));
      const { fingerprint, knownAs } = await rebuilt.store.transfers.inspect(archive.path);
      expect(knownAs).toBeUndefined();
      const wrong = { ...request, trust: fingerprint, passphrase: makePassphrase() };
      await expect(rebuilt.store.transfers.import(wrong)).rejects.toThrow(code('transfer.wrong-passphrase'));
      expect(rebuilt.store.transfers.stations()).toEqual([]);
      const report = await rebuilt.store.transfers.import({ ...request, trust: fingerprint });
      expect(report).toMatchObject({ whole: true, counts: { entered: 3 } });
      expect(rebuilt.store.transfers.stations()).toMatchObject([{ fingerprint }]);
    } finally {
      rebuilt.store.close();
    }
  });

  test('one id with two contents is kept apart for a person; ours stays', async () => {
    const draft = numberedDraft(1);
    const { id } = b.store.records.seal(draft, 'tester');
    const theirs = { ...draft, fields: { ...draft.fields, cellPhone: '13911112222' } };
    a.store.records.seal(theirs, 'tester');
    const { path } = await a.give(b);
    const ours = b.store.records.load(id);
    expect(await b.take(path)).toMatchObject({ whole: true, counts: { conflict: 1, entered: 0 } });
    expect(b.store.records.load(id)).toEqual(ours);
    const before = everything(b);
    await b.take(path);
    expect(everything(b)).toEqual(before);
    const [conflict, ...more] = b.store.transfers.conflicts(10);
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({ recordId: id, ours: { name: '韦试样' }, theirs: { name: '韦试样' } });
    expect(conflict?.theirs.photo).toEqual(draft.photo.jpeg);
    expect(b.database.rows(row, `SELECT 1 FROM media WHERE owner LIKE '%/%'`)).toHaveLength(3);
    if (conflict) b.store.transfers.settleConflict(conflict, '已核对', 'tester');
    expect(b.store.transfers.conflicts(10)).toEqual([]);
  });

  test('older data of a person does not go after newer data', async () => {
    const older = a.seal(1);
    const { path } = await a.give(b);
    const newer = b.seal(1);
    expect(await b.take(path)).toMatchObject({ counts: { older: 1 } });
    expect(b.stateOf(older)).toBe('superseded');
    expect(b.store.outbox.due(new Date(), 9).map(({ recordId }) => recordId)).toEqual([newer]);
  });

  test('an older finished record does not hold up a newer one that waits', async () => {
    const older = a.seal(1);
    a.sendAll();
    const copy = await a.store.transfers.export({
      kind: 'copy',
      selection: { kind: 'ids', ids: [older] },
      receiver: { station: b.store.transfers.own() },
      folder: stations.stick,
      practice: false,
      actor: 'tester',
    });
    const newer = b.seal(1);
    await b.take(copy.path);
    expect(b.store.outbox.due(new Date(), 9).map(({ recordId }) => recordId)).toEqual([newer]);
  });

  test('newer data of a person goes after the older data that is here', async () => {
    const older = b.seal(1);
    const newer = a.seal(1);
    await b.take((await a.give(b)).path);
    expect(b.store.outbox.due(new Date(), 9).map(({ recordId }) => recordId)).toEqual([older]);
    b.sendAll();
    expect(b.store.outbox.due(new Date(), 9)).toMatchObject([{ recordId: newer, update: true }]);
  });

  test("the origin's trail comes along, row for row, and not into our own chain", async () => {
    const [id = ''] = sealSome(a, 1);
    a.store.outbox.markSending(id);
    a.store.outbox.markRetry(id, { code: 'platform.busy' }, new Date(), false);
    const actions = a.store.audit.list(id).map(({ action }) => action);
    await b.take((await a.give(b)).path);
    const carried = b.store.transfers.carriedAudit(id);
    expect(carried.map(({ action }) => action)).toEqual(actions);
    expect(new Set(carried.map(({ station }) => station))).toEqual(new Set([a.store.transfers.own().fingerprint]));
    expect(b.store.audit.list(id).map(({ action }) => action)).toEqual(['record.imported']);
    const history = b.store.history.of(id);
    expect(history.rows.map(({ action }) => action)).toEqual([...actions, 'record.imported']);
    expect(history.rows[2]).toMatchObject({ action: 'outbox.retry', code: 'platform.busy' });
    // The other station may have sent it, so it cannot simply be taken back here.
    expect(history.refusals.withdraw).toBe('record.perhaps-sent');
  });

  test('what was erased here does not come back', async () => {
    const [id = ''] = sealSome(a, 1);
    const { path } = await a.give(b);
    await b.take(path);
    b.sendAll();
    b.database.write(() => {
      b.database.run(
        `INSERT INTO receipts (id, scope, content_hash, state, reason, erased_at)
         SELECT id, 'record', content_hash, 'confirmed', 'period-over', sealed_at FROM records WHERE id = @id`,
        { id },
      );
      b.database.run('DELETE FROM media WHERE owner = @id', { id });
      b.database.run('DELETE FROM records WHERE id = @id', { id });
    });
    expect(await b.take(path)).toMatchObject({ counts: { erased: 1, entered: 0 } });
    expect(b.store.records.list({ limit: 9 })).toEqual([]);
    expect(b.store.transfers.carriedAudit(id)).toEqual([]);
    expect(await a.take((await receipt(b, a)).path)).toMatchObject({ outcomes: 1 });
    expect(a.stateOf(id)).toBe('confirmed');
  });

  test('a person who wished to be forgotten travels no more, and is not sent when the stick is lost', async () => {
    const [wishing = '', other = ''] = sealSome(a, 2);
    const given = await a.give(b);
    a.store.retention.wish(wishing, 'deletion-wish', 'tester');
    const all = { kind: 'between', from: new Date(0), until: new Date(Date.now() + 60_000) } as const;
    expect(a.store.transfers.preview('copy', all).records.map(({ id }) => id)).toEqual([other]);
    expect(a.store.transfers.takeBack(given.id, 'tester')).toBe(1);
    expect([wishing, other].map(a.stateOf)).toEqual(['withdrawn', 'sealed']);
  });

  test('an imported worker is found by name', async () => {
    sealSome(a, 1);
    await b.take((await a.give(b)).path);
    const named = z.object({ count: z.int() });
    expect(b.database.row(named, 'SELECT count(*) AS count FROM workers WHERE named = 1')).toEqual({ count: 1 });
  });

  test('finished and withdrawn records of a copy are not sent again', async () => {
    const [confirmed = '', withdrawn = ''] = sealSome(a, 2);
    a.sendAll();
    a.database.run(`UPDATE outbox SET state = 'withdrawn' WHERE record_id = @id`, { id: withdrawn });
    const copy = await a.store.transfers.export({
      kind: 'copy',
      selection: { kind: 'between', from: new Date(0), until: new Date(Date.now() + 60_000) },
      receiver: { station: b.store.transfers.own() },
      folder: stations.stick,
      practice: false,
      actor: 'tester',
    });
    expect(await b.take(copy.path)).toMatchObject({ counts: { ended: 2, entered: 0 } });
    expect([confirmed, withdrawn].map(b.stateOf)).toEqual(['confirmed', 'withdrawn']);
    expect(b.store.outbox.due(new Date(), 9)).toEqual([]);
  });

  test('the same team under two ids is one team', async () => {
    const { id: _id, ...team } = sampleDraft().team;
    const own = b.store.teams.add(team);
    sealSome(a, 1);
    await b.take((await a.give(b)).path);
    expect(b.store.teams.list()).toHaveLength(1);
    const carriedId = sampleDraft().team.id;
    b.store.teams.setSysNo(carriedId, 77);
    expect(b.store.teams.find(own.id)?.teamSysNo).toBe(77);
    expect(b.store.teams.find(carriedId)).toMatchObject({ id: own.id });
  });

  test("today's figures count what was enrolled here", async () => {
    sealSome(a, 2);
    await b.take((await a.give(b)).path);
    expect(b.store.figures.today(sampleDraft().team.projectCode, new Date()).enrolled).toBe(0);
    expect(a.store.figures.today(sampleDraft().team.projectCode, new Date()).enrolled).toBe(2);
  });

  test('practice and real enrolment do not mix', async () => {
    sealSome(a, 1);
    const { path } = await a.give(b);
    const request = { path, practice: true, actor: 'tester' };
    await expect(b.store.transfers.import(request)).rejects.toThrow(code('transfer.practice'));
  });
});

describe('a file that was pulled out', () => {
  test('cut at every twentieth: whole records enter, the others are named, the rest comes later', async () => {
    const ids = sealSome(a, 8);
    const { path } = await a.give(b, 'copy');
    const whole = readFileSync(path);
    let entered = 0;
    for (let part = 1; part < 20; part += 1) {
      const cut = `${stations.stick}/cut-${part}.enrolpack`;
      writeFileSync(cut, whole.subarray(0, Math.floor((whole.length * part) / 20)));
      const report = await b.take(cut);
      expect(report).toMatchObject({ whole: false, trouble: { code: 'transfer.cut' } });
      entered += report.counts.entered;
      expect(report.counts.unchanged + report.counts.entered).toBe(entered);
      expect(report.missing.map(({ id }) => id)).toEqual(report.missing.length === 0 ? [] : ids.slice(entered));
      expect(report.missingCount).toBe(8 - entered);
      expect(b.store.records.list({ limit: 99 })).toHaveLength(entered);
    }
    expect(entered).toBeGreaterThan(5);
    expect(await b.take(path)).toMatchObject({ whole: true, counts: { unchanged: entered, entered: 8 - entered } });
  });

  test('exporting goes on at every twentieth, and ends in a whole package', async () => {
    const ids = sealSome(a, 8);
    // The key is forgotten at the end, so the row is kept as it was just before.
    let open = row.parse({});
    const work = { onProgress: () => (open = row.parse(a.database.row(row, 'SELECT * FROM transfers'))) };
    const { id, path, fileName } = await a.store.transfers.export(handOver(), work);
    const whole = readFileSync(path);
    for (let part = 0; part < 20; part += 1) {
      const folder = `${stations.stick}/${part}`;
      mkdirSync(folder);
      writeFileSync(`${folder}/${fileName}.part`, whole.subarray(0, Math.floor((whole.length * part) / 20)));
      const key = z.instanceof(Uint8Array).parse(open['content_key']);
      a.database.run(`UPDATE transfers SET state = 'open', content_key = @key WHERE id = @id`, { id, key });
      const resumed = await a.store.transfers.resume({ id, folder, actor: 'tester' });
      expect(resumed).toMatchObject({ written: 8, leftOut: 0 });
      expect(readdirSync(folder)).toEqual([fileName]);
      expect(ids.map(a.stateOf)).toEqual(Array(8).fill('handed-over'));
      const counts = { entered: part === 0 ? 8 : 0, unchanged: part === 0 ? 0 : 8 };
      expect(await b.take(resumed.path)).toMatchObject({ whole: true, missingCount: 0, counts });
    }
  });

  test('a stop between records leaves an unfinished package that can be gone on with', async () => {
    const ids = sealSome(a, 70);
    const stop = new AbortController();
    const work = { onProgress: () => stop.abort(), signal: stop.signal };
    await expect(a.store.transfers.export(handOver(), work)).rejects.toThrow(code('transfer.stopped'));
    const given = ids.filter((id) => a.stateOf(id) === 'handed-over');
    expect(given.length).toBeGreaterThan(0);
    expect(given.length).toBeLessThan(70);
    const [open] = a.store.transfers.list(1);
    expect(open).toMatchObject({ state: 'open', records: 70, handedOver: given.length });
    const sentMeanwhile = ids.at(-1) ?? '';
    a.store.outbox.markSending(sentMeanwhile);
    a.store.outbox.markConfirmed(sentMeanwhile);
    const resumed = await a.store.transfers.resume({ id: open?.id ?? '', folder: stations.stick, actor: 'tester' });
    expect(resumed).toMatchObject({ written: 69, leftOut: 1 });
    expect(await b.take(resumed.path)).toMatchObject({ whole: true, leftOut: 1, counts: { entered: 69 } });
    expect(readdirSync(stations.stick)).toHaveLength(1);
  });
});

describe('an export that is cancelled', () => {
  const cancelledAfterSome = () => {
    const stop = new AbortController();
    return { onProgress: () => stop.abort(cancelled), signal: stop.signal };
  };

  test('leaves no file, and every record is sent from here', async () => {
    const ids = sealSome(a, 70);
    const work = cancelledAfterSome();
    await expect(a.store.transfers.export(handOver(), work)).rejects.toThrow(code('transfer.cancelled'));
    expect(readdirSync(stations.stick)).toEqual([]);
    expect(new Set(ids.map(a.stateOf))).toEqual(new Set(['sealed']));
    expect(a.store.outbox.due(new Date(Date.now() + 1000), 99)).toHaveLength(70);
    expect(a.store.transfers.list(9)).toMatchObject([{ state: 'taken-back', handedOver: 0 }]);
    expect(await a.give(b)).toMatchObject({ written: 70 });
  });

  test('on a stick that is pulled out gives nothing back: the file is on it', async () => {
    const ids = sealSome(a, 70);
    const stop = new AbortController();
    const pull = () => {
      rmSync(stations.stick, { recursive: true });
      stop.abort(cancelled);
    };
    const work = { onProgress: pull, signal: stop.signal };
    await expect(a.store.transfers.export(handOver(), work)).rejects.toThrow(code('transfer.medium-gone'));
    const given = ids.filter((id) => a.stateOf(id) === 'handed-over');
    expect(given.length).toBeGreaterThan(0);
    expect(a.store.transfers.list(1)).toMatchObject([{ state: 'open', handedOver: given.length }]);
  });

  test('is an import: what was taken in completely stays, and the rest comes the next time', async () => {
    sealSome(a, 70);
    const { path } = await a.give(b);
    const stop = new AbortController();
    const work = { onProgress: (done: number) => void (done === 40 && stop.abort(cancelled)), signal: stop.signal };
    const report = await b.store.transfers.import({ path, practice: false, actor: 'tester' }, work);
    expect(report).toMatchObject({ counts: { entered: 40 }, missingCount: 30, trouble: { code: 'transfer.stopped' } });
    expect(b.store.records.list({ limit: 99 })).toHaveLength(40);
    expect(await b.take(path)).toMatchObject({ whole: true, counts: { unchanged: 40, entered: 30 } });
  });
});
