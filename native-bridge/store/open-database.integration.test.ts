import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import sqlite from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ErrorCode } from '../contract/errors.ts';
import { createAudit } from './audit.ts';
import { canonicalJson } from './canonical-json.ts';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import { migrate, newestVersion } from './migration.ts';
import { openDatabase } from './open-database.ts';
import { openStore, storeOn } from './open-store.ts';
import { watchPages } from './page-watch.ts';
import { keyFitsFile } from './page-authentication.ts';
import { jpegStart, numberedDraft, sampleDraft, sampleKey, sampleName, sampleNumber } from './sample-draft.ts';
import { pngStart, temporaryFolder } from './sample-draft.ts';

const pageBytes = 4096;

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
});
afterEach(() => folder.remove());

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const open = () => openDatabase(file, sampleKey);

function pragma(name: string): unknown {
  const database = open();
  const row = database.row(z.record(z.string(), z.union([z.string(), z.number()])), `PRAGMA ${name}`);
  database.close();
  return Object.values(row ?? {})[0];
}

/** A closed store with three sealed records. */
function fill(): void {
  const store = openStore({ file, key: sampleKey });
  for (let index = 0; index < 3; index += 1) store.records.seal(numberedDraft(index), 'test');
  store.close();
}

describe('settings of the connection', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['secure_delete', 1],
    ['temp_store', 2],
    ['cell_size_check', 1],
    ['locking_mode', 'exclusive'],
    ['cipher', 'sqlcipher'],
    ['legacy', '4'],
    ['page_size', pageBytes],
  ])('%s is %s, also when opened again', (name, value) => {
    expect(pragma(name)).toBe(value);
    expect(pragma(name)).toBe(value);
  });

  test('a second station is turned away while the first has the file', () => {
    open().close();
    const first = open();
    expect(open).toThrow(code('store.unavailable'));
    first.close();
    expect(() => open().close()).not.toThrow();
  });
});

describe('encryption', () => {
  const draft = sampleDraft();
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const traces: readonly (readonly [string, Uint8Array])[] = [
    ['name in UTF-8', Buffer.from(sampleName)],
    ['name in UTF-16', utf16(sampleName)],
    ['number', Buffer.from(sampleNumber)],
    ['number in UTF-16', utf16(sampleNumber)],
    ['beginning of a JPEG file', jpegStart],
    ['beginning of a PNG file', pngStart],
    ['middle of the photo', draft.photo.jpeg.subarray(20_000, 20_016)],
    ['SQLite header', Buffer.from('SQLite format 3')],
    ['schema', Buffer.from('CREATE TABLE')],
  ];
  const found = (bytes: Buffer) =>
    traces.filter(([, trace]) => bytes.includes(Buffer.from(trace))).map(([title]) => title);

  test('neither the file nor its log holds a trace of a person, before and after the checkpoint', () => {
    const store = openStore({ file, key: sampleKey });
    store.drafts.save(draft);
    expect(found(readFileSync(`${file}-wal`))).toEqual([]);
    store.records.seal(draft, 'test');
    expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(120_000);
    expect(found(readFileSync(`${file}-wal`))).toEqual([]);
    store.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(readFileSync(file).length).toBeGreaterThan(120_000);
    expect(found(readFileSync(file))).toEqual([]);
  });

  test('the search does find every trace in a file that is not encrypted', () => {
    const plain = new sqlite(folder.path('plain.db'));
    plain.exec('CREATE TABLE t (a)');
    const insert = plain.prepare('INSERT INTO t VALUES (?)');
    const fields = canonicalJson(draft.card.fields);
    for (const value of [Buffer.from(fields), utf16(fields), Buffer.from(draft.photo.jpeg), Buffer.from(pngStart)])
      insert.run(value);
    plain.close();
    expect(found(readFileSync(folder.path('plain.db')))).toEqual(traces.map(([title]) => title));
  });

  test('the pages follow the SQLCipher 4 layout under the raw key', () => {
    fill();
    expect(keyFitsFile(file, sampleKey)).toBe(true);
    expect(keyFitsFile(file, sampleKey.toReversed())).toBe(false);
  });
});

describe('migration', () => {
  test('an empty file becomes a store', () => {
    writeFileSync(file, '');
    const store = openStore({ file, key: sampleKey });
    expect(store.records.counts().sealed).toBe(0);
    store.close();
    expect(pragma('user_version')).toBe(newestVersion);
  });

  test.each(Array.from({ length: newestVersion - 1 }, (_, index) => index + 1))(
    'a file of version %i is brought forward and keeps its rows',
    (version) => {
      const raw = new sqlite(file);
      raw.pragma(`cipher = 'sqlcipher'`);
      raw.pragma('legacy = 4');
      raw.pragma(`key = "x'${Buffer.from(sampleKey).toString('hex')}'"`);
      const old = createDatabase(raw);
      migrate(old, version);
      createAudit(old, () => new Date()).append({ action: 'test', subject: 'kept', actor: 'test' });
      old.close();
      const store = openStore({ file, key: sampleKey });
      expect(store.audit.list('kept')).toHaveLength(1);
      expect(store.records.seal(sampleDraft(), 'test').state).toBe('sealed');
      store.close();
      expect(pragma('user_version')).toBe(newestVersion);
    },
  );

  test('the states and pictures of sealed records survive the change of the outbox', () => {
    const raw = new sqlite(file);
    raw.pragma(`cipher = 'sqlcipher'`);
    raw.pragma('legacy = 4');
    raw.pragma(`key = "x'${Buffer.from(sampleKey).toString('hex')}'"`);
    const old = createDatabase(raw);
    migrate(old, 4);
    const states = ['sealed', 'sending', 'accepted', 'confirmed', 'needs-attention'] as const;
    const idOf = (index: number) => `01890000-0000-7000-8000-00000000000${index}`;
    for (const [index, state] of states.entries()) {
      const at = new Date(1_700_000_000_000 + index).toISOString();
      old.run(
        `INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name,
           team_name, band, seconds, photo_attempt)
         VALUES (@id, '{}', 'hash', @at, @at, 'P', @state, 'name', 'team', 'match', 1, 1)`,
        { id: idOf(index), state, at },
      );
      old.run(
        `INSERT INTO outbox (record_id, state, attempts, serial, in_doubt, is_update, next_attempt_at, platform_text)
         VALUES (@id, @state, @index, @serial, 0, 1, @at, 'text')`,
        { id: idOf(index), state, index, at, serial: state === 'accepted' ? 'serial-1' : undefined },
      );
    }
    old.close();
    const store = openStore({ file, key: sampleKey });
    for (const [index, state] of states.entries()) {
      expect(store.records.list({ state, limit: 1 })[0]).toMatchObject({ state, attempts: index });
    }
    expect(store.records.list({ state: 'accepted', limit: 1 })[0]?.serial).toBe('serial-1');
    store.close();
    const database = open();
    const erase = (state: (typeof states)[number]) => () =>
      database.run('DELETE FROM records WHERE id = @id', { id: idOf(states.indexOf(state)) });
    for (const state of ['sealed', 'needs-attention'] as const) expect(erase(state), state).toThrow(code('internal'));
    expect(erase('confirmed'), 'without a receipt').toThrow(code('internal'));
    database.run(
      `INSERT INTO receipts (id, scope, reason, erased_at) VALUES (@id, 'record', 'period-over', '2026-11-02T01:00:00.000Z')`,
      { id: idOf(states.indexOf('confirmed')) },
    );
    expect(erase('confirmed')()).toBe(1);
    database.close();
  });

  const older = Array.from({ length: newestVersion - 4 }, (_, index) => index + 4);
  test.each(older)('records of version %i are found as workers, the newest of each person', async (version) => {
    const raw = new sqlite(file);
    raw.pragma(`cipher = 'sqlcipher'`);
    raw.pragma('legacy = 4');
    raw.pragma(`key = "x'${Buffer.from(sampleKey).toString('hex')}'"`);
    const old = createDatabase(raw);
    migrate(old, version);
    const people = Array.from({ length: 450 }, (_, index) => ({
      name: `韦试${index % 2 ? '样' : '例'}`,
      number: `4599${index}`,
    }));
    old.write(() => {
      for (const [index, { name, number }] of [...people, { name: '韦改名', number: '45993' }].entries()) {
        const id = `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`;
        old.run(
          `INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name,
             team_name, band, seconds, photo_attempt)
           VALUES (@id, '{}', 'hash', @at, @at, 'P', @number, @name, @team, 'match', 1, 1)`,
          { id, name, number, team: `${index % 3}班`, at: new Date(1_700_000_000_000 + index).toISOString() },
        );
        const state = index % 5 === 0 ? 'sealed' : 'confirmed';
        old.run('INSERT INTO outbox (record_id, state) VALUES (@id, @state)', { id, state });
      }
    });
    old.close();
    const store = openStore({ file, key: sampleKey });
    const find = (text: string) => store.workers.search({ projectCode: 'P', text, limit: 200 });
    expect(find('').count).toBe(450);
    expect(
      find('')
        .workers.map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['韦改名', '韦试样']);
    expect(store.records.counts()).toMatchObject({ sealed: 91, confirmed: 360 });
    expect(store.records.unsent()).toMatchObject({
      count: 91,
      oldestSealedAt: new Date(1_700_000_000_000).toISOString(),
    });
    expect(store.workers.search({ projectCode: 'P', teamName: '1班', limit: 1 }).count).toBe(150);
    expect(find('45993')).toMatchObject({ count: 111 });
    expect(find('45993').workers[0]?.name).toBe('韦改名');
    // The names are entered portion by portion, newest first; a search does one of them.
    await expect.poll(() => find('wsy').count).toBe(224);
    expect(find('韦改名').count).toBe(1);
    expect(find('韦').count).toBe(450);
    store.close();
  });

  test('a file of a newer version is refused and stays as it is', () => {
    fill();
    const database = open();
    database.script(`PRAGMA user_version = ${newestVersion + 1}`);
    database.close();
    const before = readFileSync(file);
    expect(open).toThrow(code('store.newer'));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}-wal`)).toBe(false);
  });
});

describe('a key that does not fit', () => {
  test('is told apart from damage, and the file stays as it is', () => {
    fill();
    const before = readFileSync(file);
    expect(() => openDatabase(file, sampleKey.toReversed())).toThrow(code('store.wrong-key'));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a key of another length is refused', () => {
    expect(() => openDatabase(file, new Uint8Array(16))).toThrow(code('store.wrong-key'));
  });

  test('a database without encryption does not open', () => {
    const plain = new sqlite(file);
    plain.exec('CREATE TABLE t (a)');
    plain.close();
    expect(open).toThrow(code('store.wrong-key'));
  });
});

describe('damage', () => {
  const flip = (offset: number) => {
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x10, offset);
    writeFileSync(file, bytes);
  };

  test('one changed bit in any page of a small file is found at opening', () => {
    fill();
    const sound = readFileSync(file);
    for (let page = 0; page < sound.length / pageBytes; page += 1) {
      flip(page * pageBytes + 1000);
      expect(open, `page ${page + 1}`).toThrow(code('store.corrupt'));
      writeFileSync(file, sound);
    }
    expect(() => open().close()).not.toThrow();
  });

  test('a file cut short is found at opening, also a large one', () => {
    fill();
    const sound = readFileSync(file);
    writeFileSync(file, sound.subarray(0, sound.length - 5 * pageBytes));
    expect(open).toThrow(code('store.corrupt'));
    expect(() => openDatabase(file, sampleKey, 0)).toThrow(code('store.corrupt'));
  });

  /** Opens as if the file were large, and waits until every page was looked at. */
  async function watched(use: (database: Database) => void): Promise<void> {
    const database = openDatabase(file, sampleKey, 0);
    await watchPages(database, { file, key: sampleKey, restMs: 0, pauseMs: 0 }).done;
    use(database);
    database.close();
  }

  test('one changed bit in any page of a large file is found at opening or soon after', async () => {
    fill();
    const sound = readFileSync(file);
    const late: number[] = [];
    for (let page = 0; page < sound.length / pageBytes; page += 1) {
      flip(page * pageBytes + 1000);
      try {
        await watched(({ health }) => {
          expect(health.trouble(), `page ${page + 1}`).toMatchObject({ code: 'store.corrupt' });
          late.push(page);
        });
      } catch (cause) {
        expect(cause, `page ${page + 1}`).toEqual(code('store.corrupt'));
      }
      writeFileSync(file, sound);
    }
    // The pictures are nearly all of the file, and opening does not read them.
    expect(late.length).toBeGreaterThan(sound.length / pageBytes / 2);
    await watched(({ health }) => expect(health.trouble()).toBeUndefined());
  }, 60_000);

  test('what is set aside, freed and left unused in a file is sound as well', async () => {
    const store = openStore({ file, key: sampleKey });
    for (let index = 0; index < 3; index += 1) {
      const draft = numberedDraft(index);
      store.drafts.save(draft);
      store.drafts.discard(draft.id, 'test', 'test');
    }
    store.close();
    await watched(({ health }) => expect(health.trouble()).toBeUndefined());
  });

  describe('that is found while the station works', () => {
    /** Tables are at the beginning of the file; its last quarter begins with pictures and nothing else. */
    function damagePicture(): void {
      fill();
      flip(Math.floor((readFileSync(file).length / pageBytes) * 0.75) * pageBytes + 1000);
    }

    test('nothing new is taken in, what is there still goes on its way', async () => {
      damagePicture();
      const database = openDatabase(file, sampleKey, 0);
      const store = storeOn(database);
      const told: string[] = [];
      store.health.onTrouble((damage) => told.push(damage.code));
      await watchPages(database, { file, key: sampleKey, restMs: 0, pauseMs: 0 }).done;
      expect(told).toEqual(['store.corrupt']);
      const draft = numberedDraft(8);
      expect(() => store.drafts.save(draft)).toThrow(code('store.corrupt'));
      expect(() => store.records.seal(draft, 'test')).toThrow(code('store.corrupt'));
      const [due] = store.outbox.due(new Date(), 1);
      store.outbox.markSending(due?.recordId ?? '');
      expect(store.records.counts().sending).toBe(1);
      store.close();
    });

    test('reading a damaged page is enough', () => {
      damagePicture();
      const store = openStore({ file, key: sampleKey, wholeCheckBytes: 0 });
      expect(store.health.trouble()).toBeUndefined();
      const read = () => store.records.list({ limit: 9 }).map(({ id }) => store.records.load(id));
      expect(read).toThrow(code('store.corrupt'));
      expect(store.health.trouble()).toMatchObject({ code: 'store.corrupt' });
      expect(() => store.drafts.save(numberedDraft(8))).toThrow(code('store.corrupt'));
      store.close();
    });

    test('a full look can be broken off', async () => {
      fill();
      const database = openDatabase(file, sampleKey, 0);
      const watch = watchPages(database, { file, key: sampleKey, restMs: 60_000 });
      watch.stop();
      await watch.done;
      database.close();
    });
  });
});

describe('a place that cannot be used', () => {
  test('a missing folder', () => {
    expect(() => openDatabase(folder.path('missing/station.db'), sampleKey)).toThrow(code('store.unavailable'));
  });

  // The superuser may write whatever the mode says.
  test.runIf(process.getuid?.() !== 0)('a file that is read-only', () => {
    fill();
    const before = readFileSync(file);
    chmodSync(file, 0o444);
    expect(open).toThrow(code('store.read-only'));
    chmodSync(file, 0o644);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a folder in the place of the file', () => {
    mkdirSync(file);
    expect(open).toThrow(code('store.unavailable'));
  });
});
