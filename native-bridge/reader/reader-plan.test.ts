import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fleetPlan } from './reader-plan.ts';
import { TestPorts } from './test-ports.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'enrol-desk-plan-')));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('a device with two names', () => {
  it('is one port: chosen or excluded under one of them, it is not searched under the other', async () => {
    const names = ['chosen', 'excluded', 'other'].map((name) => join(folder, name));
    const ports = new TestPorts();
    for (const name of names) {
      writeFileSync(name, '');
      symlinkSync(name, `${name}-link`);
      ports.devices.set(name, 'silent');
    }
    const [chosen = '', excluded = '', other = ''] = names;
    const plan = fleetPlan(
      {
        automatic: true,
        addresses: [{ kind: 'serial', path: `${chosen}-link` }],
        excludedPorts: [`${excluded}-link`],
      },
      [],
      ports,
    );
    expect(plan.chosen.map(({ key }) => key)).toEqual([`serial:${chosen}-link`]);
    const found = await Promise.all(plan.finders.map((finder) => finder.ports()));
    expect(found.flat().map(({ key }) => key)).toEqual([`serial:${other}`]);
  });
});
