import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { isInstalled } from './install.mjs';
import { findOwnNode, refuseOldNode } from './own-node.mjs';

interface Entry {
  readonly version: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const here = { os: [process.platform], cpu: [process.arch] };
const elsewhere = { os: ['aix'], cpu: ['ppc64'] };
const locked = {
  'node_modules/plain': { version: '1.0.0' },
  'node_modules/native-here': { version: '1.0.0', optional: true, ...here },
};

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'set-up-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, packages: Readonly<Record<string, Entry>>) =>
  writeFileSync(join(root, name), JSON.stringify({ packages }));

function isInstalledWith(lock: Readonly<Record<string, Entry>>, note: Readonly<Record<string, Entry>>): boolean {
  write('package-lock.json', { '': { version: '0.1.0' }, ...lock });
  write('node_modules/.package-lock.json', note);
  return isInstalled(root);
}

describe('what is installed', () => {
  it('counts when it is what is locked', () => {
    expect(isInstalledWith(locked, locked)).toBe(true);
  });

  it('may lack what is for another system, and what only that needs', () => {
    const foreign = {
      'node_modules/native-elsewhere': { version: '1.0.0', optional: true, ...elsewhere },
      'node_modules/for-native-elsewhere': { version: '1.0.0', optional: true },
    };
    expect(isInstalledWith({ ...locked, ...foreign }, locked)).toBe(true);
  });

  it('does not count with another version, without a package, or without what this system needs', () => {
    const { 'node_modules/plain': plain, 'node_modules/native-here': native } = locked;
    expect(isInstalledWith(locked, { ...locked, 'node_modules/plain': { version: '2.0.0' } })).toBe(false);
    expect(isInstalledWith(locked, { 'node_modules/native-here': native })).toBe(false);
    expect(isInstalledWith(locked, { 'node_modules/plain': plain })).toBe(false);
  });

  it('does not count when npm was interrupted', () => {
    write('package-lock.json', locked);
    expect(isInstalled(root)).toBe(false);
  });
});

describe('the Node that runs the project', () => {
  it.each(['18.20.8', '20.18.3', '20.9.0'])('is not set up by %s', (version) => {
    expect(() => refuseOldNode(version)).toThrow(
      `Node 20.19 or newer is needed to set the project up; this is ${version}.`,
    );
  });

  it.each(['20.19.0', '22.0.0', '24.21.0'])('may be set up by %s', (version) => {
    expect(() => refuseOldNode(version)).not.toThrow();
  });

  it('is the one among the packages, else the running one', () => {
    expect(findOwnNode(root)).toBe(process.execPath);
    const system = process.platform === 'win32' ? 'win' : process.platform;
    const folder = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin');
    const program = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    mkdirSync(folder, { recursive: true });
    writeFileSync(program, '');
    expect(findOwnNode(root)).toBe(program);
  });
});

describe('the fingerprint of sources', () => {
  it('changes with content, names and deletions, and not by itself', () => {
    const print = () => fingerprint(root, ['sources', 'missing']);
    mkdirSync(join(root, 'sources', 'deep'), { recursive: true });
    writeFileSync(join(root, 'sources', 'deep', 'a.ts'), 'a');
    const first = print();
    expect(print()).toBe(first);
    writeFileSync(join(root, 'sources', 'b.ts'), 'b');
    const second = print();
    rmSync(join(root, 'sources', 'deep', 'a.ts'));
    expect(new Set([first, second, print()]).size).toBe(3);
  });
});
