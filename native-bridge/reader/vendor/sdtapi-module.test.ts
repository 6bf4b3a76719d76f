import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { samCommands } from '../sam/commands.ts';
import { defaultSpareMs, openSdtPort, type SdtApiModule } from './sdtapi-module.ts';
import { TestSdtHelper } from './test-sdt-helper.ts';

const port = 1001;
const noAnswer = 0x02;
const damaged = 0x03;
const requestDamaged = 0x10;
const done = 0x90;

let helper: TestSdtHelper;
let module: SdtApiModule;

beforeEach(async () => {
  helper = new TestSdtHelper(new Set([port]));
  module = await openSdtPort({ helper, library: 'sdtapi', port, spareMs: defaultSpareMs });
  helper.calls.length = 0;
});
afterEach(() => vi.useRealTimers());

const names = () => helper.calls.map((call) => call.split(' ')[0]);

describe('no answer from the module', () => {
  it('to a short command is asked for three times in all', async () => {
    helper.values.set('StartFindIDCard', [noAnswer]);
    await expect(module.exchange(samCommands.find)).rejects.toMatchObject({ code: 'reader.no-answer' });
    expect(names()).toEqual(Array(3).fill('StartFindIDCard'));
    expect(module.figures.resends).toBe(2);
  });

  it('to a short command is told within 2 s, however long the library waits for it, and not asked for any more', async () => {
    vi.useFakeTimers();
    const run = helper.run.bind(helper);
    vi.spyOn(helper, 'run').mockImplementation(async (...job) => {
      await new Promise((resolve) => setTimeout(resolve, 1400));
      return run(...job);
    });
    helper.values.set('GetSAMStatus', [noAnswer]);
    const since = performance.now();
    const failed = module.exchange(samCommands.status).catch(() => performance.now() - since);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failed).toBe(2000);
    expect(names()).toEqual(Array(2).fill('GetSAMStatus'));
    expect(module.isLost).toBe(false);
  });

  it('to a reading is told after a look at the module’s status, which answers', async () => {
    helper.values.set('ReadBaseMsg', [noAnswer]);
    await expect(module.exchange(samCommands.readTextAndPhoto)).rejects.toMatchObject({ code: 'reader.no-answer' });
    expect(names()).toEqual(['ReadBaseMsg', 'GetSAMStatus']);
  });

  it('to a reading is told as the loss of the reader when its status shows that', async () => {
    helper.values.set('ReadBaseMsg', [noAnswer]).set('GetSAMStatus', [0x06]);
    await expect(module.exchange(samCommands.readTextAndPhoto)).rejects.toMatchObject({ code: 'reader.unplugged' });
    expect(module.isLost).toBe(true);
  });
});

describe.each([damaged, requestDamaged])('a damaged frame (%i)', (value) => {
  it('is asked for again until it is whole', async () => {
    helper.values.set('ReadBaseMsg', [value, value, done]);
    expect(await module.exchange(samCommands.readTextAndPhoto)).toMatchObject({ status: done });
    expect(module.figures).toMatchObject({ resends: 2, badChecks: 2 });
  });

  it('is followed by a reset after three resends, then by one more attempt', async () => {
    helper.values.set('ReadBaseMsg', [value, value, value, value, done]);
    expect(await module.exchange(samCommands.readTextAndPhoto)).toMatchObject({ status: done });
    expect(names()).toEqual([...Array<string>(4).fill('ReadBaseMsg'), 'ResetSAM', 'ReadBaseMsg']);
  });

  it('is told when it does not end with the reset', async () => {
    helper.values.set('ReadBaseMsg', [value]);
    await expect(module.exchange(samCommands.readTextAndPhoto)).rejects.toMatchObject({ code: 'reader.link-fault' });
    expect(names()).toEqual([...Array<string>(4).fill('ReadBaseMsg'), 'ResetSAM', 'ReadBaseMsg']);
    expect(module.figures).toMatchObject({ resends: 3, badChecks: 5 });
  });
});

describe('a port', () => {
  it('is held until it is closed for good', async () => {
    const closed = module.close();
    expect(module.holdsPort).toBe(true);
    await closed;
    expect([module.holdsPort, module.isLost]).toEqual([false, false]);
  });
});
