import { expect, test } from 'vitest';
import { z } from 'zod';
import { readerAddressSchema } from '../contract/reader.ts';
import { openStore } from './open-store.ts';
import { sampleKey, temporaryFolder } from './sample-draft.ts';

test('a setting survives, is replaced, removed, and counts as not set when it no longer fits', () => {
  const folder = temporaryFolder();
  const options = { file: folder.path('station.db'), key: sampleKey };
  const store = openStore(options);
  expect(store.settings.get('reader', readerAddressSchema)).toBeUndefined();
  store.settings.set('reader', { kind: 'serial', path: 'COM3' });
  store.settings.set('reader', { kind: 'tcp', host: '127.0.0.1', port: 4000 });
  store.close();
  const again = openStore(options);
  expect(again.settings.get('reader', readerAddressSchema)).toEqual({ kind: 'tcp', host: '127.0.0.1', port: 4000 });
  expect(again.settings.get('reader', z.object({ kind: z.literal('serial') }))).toBeUndefined();
  again.settings.set('reader', undefined);
  expect(again.settings.get('reader', readerAddressSchema)).toBeUndefined();
  again.close();
  folder.remove();
});
