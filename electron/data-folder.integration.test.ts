import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultDataFolder, openDataFolder } from './data-folder.ts';

const home = join('/home', 'operator');

it('lies in the local application data on Windows', () => {
  const local = join(home, 'Local');
  expect(defaultDataFolder({ platform: 'win32', environment: { LOCALAPPDATA: local }, home })).toBe(
    join(local, 'EnrolDesk'),
  );
  expect(defaultDataFolder({ platform: 'win32', environment: {}, home })).toBe(
    join(home, 'AppData', 'Local', 'EnrolDesk'),
  );
});

it('lies where the desktop specification says on Linux', () => {
  expect(defaultDataFolder({ platform: 'linux', environment: { XDG_DATA_HOME: '/data' }, home })).toBe(
    '/data/enrol-desk',
  );
  expect(defaultDataFolder({ platform: 'linux', environment: {}, home })).toBe(join(home, '.local/share/enrol-desk'));
});

it('is made for its user alone', () => {
  const parent = mkdtempSync(join(tmpdir(), 'data-folder-'));
  try {
    const folder = openDataFolder(join(parent, 'deep', 'station'));
    expect(isAbsolute(folder)).toBe(true);
    expect(statSync(folder).isDirectory()).toBe(true);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(openDataFolder(folder)).toBe(folder);
  } finally {
    rmSync(parent, { recursive: true });
  }
});
