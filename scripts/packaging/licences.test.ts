import { expect, it } from 'vitest';
import { root } from '../set-up/run-program.ts';
import { licenceFault, licenceList } from './licences.ts';
import { productionPackages } from './production-packages.ts';

const shipped = productionPackages(root);
const sample = { path: 'node_modules/x', name: 'x', version: '1', isOptional: false };

it('ships packages under allowed licences only', () => {
  expect(shipped.length).toBeGreaterThan(100);
  expect(shipped.map(licenceFault).filter((fault) => fault !== undefined)).toEqual([]);
});

it.each(['GPL-3.0', 'AGPL-3.0-only', 'LGPL-3.0-or-later', 'MIT AND GPL-2.0', 'UNLICENSED', undefined])(
  'would not ship one under %s',
  (license) => {
    expect(licenceFault({ ...sample, license })).toBeDefined();
  },
);

it.each(['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT'])('would ship one under %s', (license) => {
  expect(licenceFault({ ...sample, license })).toBeUndefined();
});

it('lists each of them with its text', () => {
  const list = licenceList(root);
  for (const name of ['zod', 'sharp', 'antd', 'onnxruntime-node', 'electron-updater'])
    expect(list).toContain(`\n${name} `);
  expect(list).toContain('Permission is hereby granted');
});
