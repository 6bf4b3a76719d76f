import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import type { TransferJob } from '../contract/transfer-calls.ts';
import { calls } from '../contract/station.ts';
import { numberedDraft, sampleKey, temporaryFolder } from '../store/sample-draft.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { listedDrives, mountedDrives } from './transfer-places.ts';
import { TransferDesk } from './transfer-desk.ts';

let folder: ReturnType<typeof temporaryFolder>;
let stick: string;
let open: Store[];

beforeEach(() => {
  folder = temporaryFolder();
  stick = folder.path('stick');
  mkdirSync(stick);
  open = [];
});
afterEach(() => {
  for (const store of open) store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;

function openDesk(name: string) {
  const store = openStore({ file: folder.path(name), key: sampleKey });
  open.push(store);
  let told: () => void = () => undefined;
  const jobs: TransferJob[] = [];
  const desk = new TransferDesk({
    store,
    practice: false,
    operator: () => 'tester',
    exclusive: async (work) => work(),
    drives: async () => [{ path: stick, label: 'STICK' }],
    onJob: (job) => {
      jobs.push(job);
      told();
    },
    onRecordsChanged: () => undefined,
  });
  const ended = async () => {
    while (jobs.at(-1)?.state === 'running') await new Promise<void>((resolve) => (told = resolve));
    return jobs.at(-1);
  };
  const seal = (index: number) => store.records.seal(numberedDraft(index), 'tester').id;
  return { store, desk, jobs, ended, seal };
}

describe('the drives', () => {
  it('of Linux are what desktops mount, blanks and Chinese names included', () => {
    const mounts = [
      '/dev/sda1 / ext4 rw 0 0',
      'proc /proc proc rw 0 0',
      '/dev/sdb1 /media/user/MY\\040STICK vfat rw 0 0',
      `/dev/sdc1 /run/media/user/${Buffer.from('优盘').toString('latin1')} exfat rw 0 0`,
      '',
    ].join('\n');
    expect(mountedDrives(mounts)).toEqual([
      { path: '/media/user/MY STICK', label: 'MY STICK' },
      { path: '/run/media/user/优盘', label: '优盘' },
    ]);
  });

  it('of Windows are those that it says are removable', () => {
    expect(listedDrives('E:\\|优盘\r\nF:\\|\r\n\r\nnonsense\r\n')).toEqual([
      { path: 'E:\\', label: '优盘 E:' },
      { path: 'F:\\', label: 'F:' },
    ]);
  });
});

describe('the desk', () => {
  it('exports and imports at another station after its code was given', async () => {
    const [a, b] = [openDesk('a.db'), openDesk('b.db')];
    const id = a.seal(1);
    a.desk.trust(b.desk.state().own.code);
    b.desk.trust(a.desk.state().own.code);
    expect(a.desk.preview({ kind: 'hand-over', selection: { kind: 'unsent' } })).toMatchObject({ records: 1 });
    const station = b.desk.state().own.fingerprint;
    await a.desk.export({ place: stick, kind: 'hand-over', selection: { kind: 'unsent' }, station });
    expect(await a.ended()).toMatchObject({ state: 'done', exported: { written: 1 }, done: 1, total: 1 });
    const [place] = await b.desk.places();
    const file = place?.files[0]?.name ?? '';
    expect(await b.desk.inspect({ place: stick, file })).toMatchObject({ planned: 1, needsPassphrase: false });
    await b.desk.import({ place: stick, file });
    expect(await b.ended()).toMatchObject({ state: 'done', imported: { whole: true, counts: { entered: 1 } } });
    expect(b.store.records.summary(id).state).toBe('sealed');
    for (const job of [...a.jobs, ...b.jobs]) calls['transfer.export'].result.parse(job);
    calls['transfer.state'].result.parse(b.desk.state());
    calls['transfer.list'].result.parse({ transfers: [...a.desk.list(), ...b.desk.list()] });
    calls['transfer.places'].result.parse({ places: await b.desk.places() });
  });

  it('ends with its trouble when the passphrase is too weak', async () => {
    const { desk, ended, seal } = openDesk('a.db');
    seal(1);
    await desk.export({ place: stick, kind: 'copy', passphrase: '123456' });
    expect(await ended()).toMatchObject({ state: 'failed', error: { code: 'transfer.weak-passphrase' } });
    expect(desk.list()).toEqual([]);
  });

  it('takes no second work while one is under way', async () => {
    const { desk, ended, seal } = openDesk('a.db');
    seal(1);
    await desk.export({ place: stick, kind: 'copy', passphrase: 'mountain river 42' });
    await expect(desk.export({ place: stick, kind: 'copy', passphrase: 'mountain river 42' })).rejects.toThrow(
      code('transfer.busy'),
    );
    await expect(desk.takeBack('0190a6b0-0000-7000-8000-000000000001')).rejects.toThrow(code('transfer.busy'));
    expect(await ended()).toMatchObject({ state: 'done' });
  });

  it('says how fast it goes, and gives an export up without leaving a file', async () => {
    const { desk, jobs, ended, seal } = openDesk('a.db');
    for (let index = 1; index <= 70; index += 1) seal(index);
    const order = { place: stick, kind: 'copy', passphrase: 'mountain river 42' } as const;
    await desk.export(order);
    expect(await ended()).toMatchObject({ state: 'done', done: 70 });
    expect(jobs.at(-1)?.perSecond).toBeGreaterThan(0);
    const before = readdirSync(stick);
    await desk.export(order);
    desk.cancel();
    expect(await ended()).toMatchObject({ state: 'failed', error: { code: 'transfer.cancelled' } });
    expect(readdirSync(stick)).toEqual(before);
    for (const job of jobs) calls['transfer.export'].result.parse(job);
  });

  it('reads and writes nowhere but in a place that it offers', async () => {
    const { desk } = openDesk('a.db');
    await expect(desk.export({ place: '/etc', kind: 'copy', passphrase: 'mountain river 42' })).rejects.toThrow(
      code('transfer.no-place'),
    );
    for (const file of ['../a.enrolpack', 'x/../../a.enrolpack', 'C:\\a.enrolpack', '.a.enrolpack', 'a.db']) {
      expect(calls['transfer.inspect'].argument.safeParse({ place: stick, file }).success).toBe(false);
    }
  });

  it('offers a named folder only when it is one', async () => {
    const { desk } = openDesk('a.db');
    for (const wrong of ['relative', folder.path('none'), folder.path('a.db')])
      await expect(desk.setFolder(wrong)).rejects.toThrow(code('transfer.no-place'));
    const named = folder.path('archive');
    mkdirSync(named);
    writeFileSync(`${named}/some.enrolpack`, 'x');
    writeFileSync(`${named}/other.txt`, 'x');
    symlinkSync('/nowhere', `${named}/lost.enrolpack`);
    mkdirSync(`${named}/folder.enrolpack`);
    await desk.setFolder(named);
    expect(await desk.places()).toMatchObject([
      { id: stick, kind: 'removable', files: [] },
      { id: named, kind: 'folder', files: [{ name: 'some.enrolpack', bytes: 1 }] },
    ]);
    await desk.setFolder(undefined);
    expect(await desk.places()).toHaveLength(1);
  });

  it('refuses what is no code of a station', () => {
    const { desk } = openDesk('a.db');
    for (const wrong of [
      '',
      'hello',
      'enrolstation1:',
      `enrolstation1:${Buffer.from('{"name":"x"}').toString('base64url')}`,
    ])
      expect(() => desk.trust(wrong)).toThrow(code('rpc.bad-argument'));
  });
});
