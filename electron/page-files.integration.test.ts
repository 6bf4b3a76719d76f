import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPageFiles } from './page-files.ts';

it('knows the files of the built page by their address, and leaves the rest out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-files-'));
  try {
    mkdirSync(join(folder, 'assets'));
    for (const name of [
      'index.html',
      'assets/page.js',
      'assets/page.js.map',
      'assets/page.css',
      '.secret',
      'notes.txt',
    ]) {
      writeFileSync(join(folder, name), name);
    }
    const files = readPageFiles(folder);
    expect([...files.keys()].sort()).toEqual(['/assets/page.css', '/assets/page.js', '/index.html']);
    expect(files.get('/assets/page.js')?.type).toBe('text/javascript; charset=utf-8');
    expect(new TextDecoder().decode(files.get('/index.html')?.body)).toBe('index.html');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
