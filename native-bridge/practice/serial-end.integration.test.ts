import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import { sampleCard } from './sample-card.ts';
import { TestHost } from './test-host.ts';
import { startVirtualReader, type VirtualReader } from './virtual-reader.ts';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat)
  console.warn('SKIPPED: serial tests of the virtual reader need socat (a pair of joined pseudo terminals)');

describe.skipIf(!hasSocat)('over a serial pair', () => {
  let folder: string;
  let socat: ChildProcess;
  let reader: VirtualReader;
  let port: SerialPort;
  let host: TestHost;
  const readerEnd = (): string => join(folder, 'reader');
  const hostEnd = (): string => join(folder, 'host');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'virtual-reader-'));
    socat = spawn('socat', ['-d', '-d', ...[readerEnd(), hostEnd()].map((link) => `pty,raw,echo=0,link=${link}`)]);
    await pairIsJoined(socat);
  });
  afterAll(async () => {
    const gone = once(socat, 'exit');
    socat.kill();
    await gone;
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    reader = await startVirtualReader({ serialPath: readerEnd(), delayScale: 0 });
    port = new SerialPort({ path: hostEnd(), baudRate: 115_200 });
    host = new TestHost((bytes) => port.write(Buffer.from(bytes)));
    port.on('data', (chunk: Uint8Array) => host.take(chunk));
    await once(port, 'open');
  });
  afterEach(async () => {
    await new Promise((resolve) => port.close(resolve));
    await reader.close();
  });

  it('reads a card with fingerprints, 2321 bytes', async () => {
    reader.lay(sampleCard({ fingerprint: new Uint8Array(1024) }));
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.find, 15))).toBe(GOLDEN_ANSWERS.found);
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.select, 19))).toBe(GOLDEN_ANSWERS.selected);
    const answer = await host.exchange(GOLDEN_REQUESTS.readFingerprint, 2321);
    expect(hexOf(answer.slice(0, 16))).toBe(GOLDEN_ANSWERS.twoFingerprintsHead);
    expect(answer.slice(5).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
  });

  it('serves again after it was unplugged and plugged in', async () => {
    await reader.unplug();
    await reader.plug();
    expect(hexOf(await host.exchange(GOLDEN_REQUESTS.status, 11))).toBe(GOLDEN_ANSWERS.done);
  });
});

/** socat says so on its error stream once both ends exist. */
async function pairIsJoined(socat: ChildProcess): Promise<void> {
  let told = '';
  for await (const chunk of socat.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    told += String(chunk);
    if (told.includes('starting data transfer loop')) break;
  }
  socat.stderr?.resume();
}
