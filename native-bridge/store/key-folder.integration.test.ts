import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { adoptByRecovery, makeRecoveryKey, openDataKey, readEnvelope, testRecoveryKey } from './key-folder.ts';
import { openStore } from './open-store.ts';
import { recoveryKeyText } from './recovery-key.ts';
import { sampleDraft, sampleKey, temporaryFolder } from './sample-draft.ts';

let folder: ReturnType<typeof temporaryFolder>;
let at: string;
let file: string;
const now = new Date('2026-11-02T01:00:00.000Z');
const otherKey = sampleKey.toReversed();
const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
  at = dirname(file);
});
afterEach(() => folder.remove());

test('the data key is random, the same ever after, and nowhere in the clear', () => {
  const key = openDataKey(at, file, sampleKey);
  expect(key).not.toEqual(sampleKey);
  expect(openDataKey(at, file, sampleKey)).toEqual(key);
  for (const name of readdirSync(at)) {
    const bytes = readFileSync(folder.path(name));
    for (const form of [
      Buffer.from(key),
      Buffer.from(Buffer.from(key).toString('hex')),
      Buffer.from(Buffer.from(key).toString('base64')),
    ])
      expect(bytes.includes(form), name).toBe(false);
  }
});

test('a data file older than the envelope goes on with its key', () => {
  openStore({ file, key: sampleKey }).close();
  expect(openDataKey(at, file, sampleKey)).toEqual(sampleKey);
  expect(openDataKey(at, file, sampleKey)).toEqual(sampleKey);
});

test('an older file and a foreign shell key: refused, and no envelope is made that could stand in the way', () => {
  openStore({ file, key: sampleKey }).close();
  expect(() => openDataKey(at, file, otherKey)).toThrow(code('store.wrong-key'));
  expect(readEnvelope(at)).toBeUndefined();
});

test.each([[otherKey], [undefined]])('a shell without the right key is refused', (shellKey) => {
  openDataKey(at, file, sampleKey);
  expect(() => openDataKey(at, file, shellKey)).toThrow(code('store.wrong-key'));
});

test('the recovery key opens the store when the shell has lost its key, and the shell opens it ever after', () => {
  const key = openDataKey(at, file, sampleKey);
  const store = openStore({ file, key });
  const { id } = store.records.seal(sampleDraft(), 'test');
  store.close();
  const typed = makeRecoveryKey(at, key, now);
  adoptByRecovery(at, file, typed.toLowerCase(), otherKey);
  const again = openStore({ file, key: openDataKey(at, file, otherKey) });
  expect(again.records.load(id).id).toBe(id);
  again.close();
  expect(() => openDataKey(at, file, sampleKey)).toThrow(code('store.wrong-key'));
});

test('a renewed recovery key replaces the old one; testing tells them apart and is remembered', () => {
  const key = openDataKey(at, file, sampleKey);
  expect(() => testRecoveryKey(at, key, recoveryKeyText(new Uint8Array(20)), now)).toThrow(code('recovery-key.none'));
  const old = makeRecoveryKey(at, key, now);
  const renewed = makeRecoveryKey(at, key, now);
  expect(() => testRecoveryKey(at, key, old, now)).toThrow(code('recovery-key.wrong'));
  expect(readEnvelope(at)?.current.recovery?.testedAt).toBeUndefined();
  testRecoveryKey(at, key, renewed, now);
  expect(readEnvelope(at)?.current.recovery?.testedAt).toBe(now.toISOString());
  expect(() => adoptByRecovery(at, file, old, otherKey)).toThrow(code('recovery-key.wrong'));
  expect(openDataKey(at, file, sampleKey)).toEqual(key);
});

test('one of the two files may be lost or cut short', () => {
  const key = openDataKey(at, file, sampleKey);
  writeFileSync(folder.path('data-keys.json'), '{"version":1,');
  expect(openDataKey(at, file, sampleKey)).toEqual(key);
});

test('with both unreadable no new key is made over them', () => {
  openDataKey(at, file, sampleKey);
  for (const name of ['data-keys.json', 'data-keys.copy.json']) writeFileSync(folder.path(name), '');
  expect(() => openDataKey(at, file, sampleKey)).toThrow(code('store.wrong-key'));
});

test('any changed byte of a wrapping is noticed', () => {
  const key = openDataKey(at, file, sampleKey);
  const typed = makeRecoveryKey(at, key, now);
  const sound = readEnvelope(at);
  const sealed = Buffer.from(sound?.current.recovery?.sealed ?? '', 'base64');
  for (let index = 0; index < sealed.length; index += 1) {
    const bytes = Buffer.from(sealed);
    bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
    const envelope = structuredClone(sound);
    if (envelope?.current.recovery) envelope.current.recovery.sealed = bytes.toString('base64');
    writeFileSync(folder.path('data-keys.json'), JSON.stringify(envelope));
    expect(() => testRecoveryKey(at, key, typed, now)).toThrow(code('recovery-key.wrong'));
  }
});
