import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/open-store.ts';
import { sampleKey, temporaryFolder } from '../store/sample-draft.ts';
import { demandSigned, isSignatureRequired, requireSignature } from './signature-rule.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  store = openStore({ file: folder.path('station.db'), key: sampleKey });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const refused = expect.objectContaining({ code: 'enrolment.signature-required' }) as Error;

test('a tick alone is enough until the project wants consents signed, and the trail tells who said so', () => {
  expect(isSignatureRequired(store)).toBe(false);
  demandSigned(store, { kind: 'none' }, false);
  requireSignature(store, true, '黄管理');
  expect(isSignatureRequired(store)).toBe(true);
  expect(() => demandSigned(store, { kind: 'none' }, false)).toThrow(refused);
  expect(() => demandSigned(store, undefined, false)).toThrow(refused);
  demandSigned(store, undefined, true);
  demandSigned(store, { kind: 'paper' }, false);
  demandSigned(store, { kind: 'attested', reason: 'no-device' }, false);
  expect(store.audit.list('station')).toMatchObject([
    { action: 'signature-rule.configured', actor: '黄管理', detail: { isRequired: true } },
  ]);
});
