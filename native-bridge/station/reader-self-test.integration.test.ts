import { afterEach, describe, expect, it } from 'vitest';
import type { SelfTestProgress, SelfTestStep } from '../contract/reader.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';
import { ReaderSelfTests } from './reader-self-test.ts';
import { endReaders, practiceCard, virtualReader, watch } from './test-readers.ts';

afterEach(endReaders);

const decoder: PortraitDecoder = {
  decode: async () => ({ state: 'pending' }),
  state: async () => ({ state: 'ready', library: 'example.dll', call: 'Unpack' }),
};

/** The steps as a person would read them aloud. */
const told = (steps: readonly SelfTestStep[]) => steps.map(({ number, step, state }) => `${number} ${step} ${state}`);

/** A station's tests over a real line to a virtual reader; `heard` sees every step as it is told. */
async function readerOnLine(heard: (progress: SelfTestProgress, tests: ReaderSelfTests) => void = () => undefined) {
  const reader = await virtualReader({ tcpPort: 0, delayScale: 0.2 });
  const watched = watch({ kind: 'tcp', host: '127.0.0.1', port: reader.tcpPort ?? 0 });
  await watched.untilState('ready');
  const { fleet } = watched;
  const progress: SelfTestProgress[] = [];
  const tests: ReaderSelfTests = new ReaderSelfTests({
    fleet,
    decoder,
    stationVersion: 'test',
    now: () => new Date(),
    onSteps: (now) => {
      progress.push(now);
      heard(now, tests);
    },
  });
  return { reader, ...watched, tests, progress, id: fleet.readers[0]?.id ?? '' };
}

describe('the self-test of a reader', () => {
  it('tells its numbered steps while they are taken, with what each found', async () => {
    const { tests, progress, id } = await readerOnLine();
    const answer = tests.run(id);
    expect(tests.running.map((test) => test.id)).toEqual([id]);
    const report = await answer;
    expect(report).toMatchObject({ samStatus: 0x90, samNumber: id, cancelled: false, transport: 'tcp' });
    expect(report.steps).toEqual([
      { number: 1, step: 'status', state: 'ok', value: '90' },
      { number: 2, step: 'round-trip', state: 'ok', value: expect.stringMatching(/^\d+\.\d$/) as string },
      { number: 3, step: 'sam-number', state: 'ok', value: id },
      { number: 4, step: 'portrait-decoder', state: 'ok', value: 'example.dll · Unpack' },
    ]);
    expect(progress.every((now) => now.id === id)).toBe(true);
    // Whoever did not ask for it, as a page that has loaded anew, hears how it ended as well.
    expect(progress.at(-1)).toEqual({ id, steps: report.steps, report });
    expect(tests.running).toEqual([]);
    expect(told(progress[0]?.steps ?? [])).toEqual([
      '1 status running',
      '2 round-trip waiting',
      '3 sam-number waiting',
      '4 portrait-decoder waiting',
    ]);
    const counts = progress.flatMap(({ steps }) => steps[1]?.value ?? []).filter((value) => value.includes('/'));
    expect([...new Set(counts)]).toEqual(['1/5', '2/5', '3/5', '4/5']);
  });

  it('is ended between two exchanges, and the reader serves cards as before', async () => {
    let isWanted = true;
    const cancelAt = (now: SelfTestProgress, tests: ReaderSelfTests) => {
      if (isWanted && now.steps[1]?.value === '2/5') tests.cancel(now.id);
    };
    const { reader, tests, id, cards, until, untilState } = await readerOnLine(cancelAt);
    const asked: string[] = [];
    reader.onCommand(({ command }) => asked.push(command));
    const report = await tests.run(id);
    expect(report).toMatchObject({ cancelled: true, droppedBytes: 0, resends: 0 });
    expect(report.code).toBeUndefined();
    expect(report.portraitDecoder).toBeUndefined();
    expect(told(report.steps)).toEqual([
      '1 status ok',
      '2 round-trip skipped',
      '3 sam-number skipped',
      '4 portrait-decoder skipped',
    ]);
    expect(asked.filter((command) => command === 'status')).toHaveLength(2);
    isWanted = false;
    const { person, image } = await practiceCard('adult-male-zhuang');
    reader.lay(image);
    await until(() => cards.length === 1);
    expect(cards[0]?.fields.number).toBe(person.fields.number);
    reader.lift();
    await untilState('ready');
    expect(await tests.run(id)).toMatchObject({ samStatus: 0x90 });
  });

  it('stops asking for the number as well', async () => {
    const cancelAt = ({ id, steps }: SelfTestProgress, tests: ReaderSelfTests) => {
      if (steps[2]?.state === 'running') tests.cancel(id);
    };
    const { reader, tests, id } = await readerOnLine(cancelAt);
    const asked: string[] = [];
    reader.onCommand(({ command }) => asked.push(command));
    expect(told((await tests.run(id)).steps).at(2)).toBe('3 sam-number skipped');
    expect(asked.filter((command) => command.includes('number'))).toEqual([]);
  });

  it('names the step at which the module failed and goes on with what does not need it', async () => {
    const { reader, tests, id } = await readerOnLine();
    reader.setStatus({ next: 0x60, on: 'status' });
    const report = await tests.run(id);
    expect(report.steps[0]).toMatchObject({ state: 'trouble', value: '60' });
    expect(report.samStatus).toBe(0x60);
    expect(report.steps[3]?.state).toBe('ok');
  });

  it('of a reader that is lost says so in its first step', async () => {
    const { reader, tests, id, fleet, until } = await readerOnLine();
    await reader.unplug();
    await until(() => fleet.service(id) === undefined && fleet.readers.some(({ state }) => state === 'trouble'));
    const lost = fleet.readers[0];
    const report = await tests.run(lost?.id ?? id);
    expect(report).toMatchObject({ code: lost?.code, cancelled: false });
    expect(told(report.steps)).toEqual([
      '1 status trouble',
      '2 round-trip skipped',
      '3 sam-number skipped',
      '4 portrait-decoder ok',
    ]);
  });
});
