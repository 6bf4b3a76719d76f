import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { libraryArchitecture } from './library-architecture.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'architecture-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(bytes: Uint8Array): string {
  const path = join(folder, 'library');
  writeFileSync(path, bytes);
  return path;
}

/** The head of a Windows library: "MZ", where the PE head begins, "PE", the machine number. */
function pe(machine: number, at = 0x80): Buffer {
  const head = Buffer.alloc(256);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(at, 0x3c);
  head.write('PE\0\0', 0x80, 'latin1');
  head.writeUInt16LE(machine, 0x84);
  return head;
}

describe('the architecture of a library', () => {
  it.each([
    ['ia32', 0x14c],
    ['x64', 0x8664],
    ['arm64', 0xaa64],
  ])('of Windows is read from its head: %s', async (name, machine) => {
    expect(await libraryArchitecture(fileOf(pe(machine)))).toBe(name);
  });

  it('is that of this very program, for this very program', async () => {
    expect(await libraryArchitecture(process.execPath)).toBe(process.arch);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.alloc(200, 'x')],
    ['a head that points nowhere', pe(0x14c, 0xffff_ffff)],
    ['an unknown machine', pe(0x1234)],
  ])('is not known of %s', async (_what, bytes) => {
    expect(await libraryArchitecture(fileOf(bytes))).toBeUndefined();
  });
});
