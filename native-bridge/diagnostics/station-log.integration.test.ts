import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StationLog } from './station-log.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'station-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date('2026-11-26T08:00:00Z');

describe('the log', () => {
  it('is one line of JSON for each event, without what its values are about', () => {
    const log = new StationLog(folder, now);
    log.write('call.refused', {
      call: 'queue.list',
      code: 'store.busy',
      tookMs: 12,
      name: '张三',
      number: 11010519491231,
    });
    expect(readFileSync(join(folder, 'station.log'), 'utf8')).toBe(
      '{"at":"2026-11-26T08:00:00.000Z","event":"call.refused","call":"queue.list","code":"store.busy","tookMs":12,"name":"*","number":"#"}\n',
    );
  });

  it('keeps so many files of such a size and drops the oldest', () => {
    const log = new StationLog(folder, now, { fileBytes: 300, files: 3 });
    for (let number = 0; number < 40; number++) log.write('tick', { number });
    expect(readdirSync(folder).toSorted()).toEqual(['station.1.log', 'station.2.log', 'station.log']);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).length).toBeLessThanOrEqual(300);
    const numbers = log.newest(100).map((line) => (JSON.parse(line) as { number: number }).number);
    expect(numbers.at(-1)).toBe(39);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(log.newest(2)).toHaveLength(2);
  });

  it('goes on after a restart where it was', () => {
    new StationLog(folder, now).write('first');
    new StationLog(folder, now).write('second');
    expect(new StationLog(folder, now).newest(10)).toHaveLength(2);
  });

  it('is done without where it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const log = new StationLog(join(folder, 'file', 'logs'), now);
    log.write('tick');
    expect(log.isSound).toBe(false);
    expect(log.newest(10)).toEqual([]);
  });
});
