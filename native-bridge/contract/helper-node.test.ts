import { describe, expect, it } from 'vitest';
import { helperNode, outsideArchive } from './helper-node.ts';

describe('the Node of a helper', () => {
  const own = { execPath: '/opt/program', env: {}, versions: { node: '24.0.0' } };

  it('is the one that the shell names', () => {
    const env = { ENROL_DESK_NODE: '/opt/resources/runtime/node' };
    const versions = { electron: '45.0.0' };
    expect(helperNode({ ...own, env, versions })).toEqual({ execPath: '/opt/resources/runtime/node', extra: {} });
  });

  it('is the station’s own without one, which Electron has to be asked for', () => {
    expect(helperNode(own)).toEqual({ execPath: '/opt/program', extra: {} });
    const inElectron = helperNode({ ...own, versions: { electron: '45.0.0' } });
    expect(inElectron).toEqual({ execPath: '/opt/program', extra: { ELECTRON_RUN_AS_NODE: '1' } });
  });
});

it.each([
  ['/opt/resources/app.asar/dist/bridge/file-job.js', '/opt/resources/app.asar.unpacked/dist/bridge/file-job.js'],
  [String.raw`C:\Program Files\r\app.asar\assets`, String.raw`C:\Program Files\r\app.asar.unpacked\assets`],
  ['/opt/app.asar', '/opt/app.asar.unpacked'],
  ['/work/my-app.asar.d/dist', '/work/my-app.asar.d/dist'],
  ['/work/dist/bridge', '/work/dist/bridge'],
])('%s lies outside the archive at %s', (inside, outside) => {
  expect(outsideArchive(inside)).toBe(outside);
});
