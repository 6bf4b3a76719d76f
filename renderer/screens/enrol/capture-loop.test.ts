import { describe, expect, it, vi } from 'vitest';
import type { StationClient } from '../../../native-bridge/contract/client.ts';
import { StationError } from '../../../native-bridge/contract/errors.ts';
import { type CaptureListener, type CaptureSource, runCapture } from './capture-loop.ts';

const picture = new Uint8Array([1, 2, 3]);
const source: CaptureSource = { nextPicture: async () => undefined, grab: async () => picture };
const guidance = (shot: boolean) => ({
  sequence: 0,
  prompt: 'keep-so',
  progress: 0,
  checks: [],
  passed: 0,
  blocking: 0,
  shot,
});

function stationThat(answer: (name: string, argument: unknown) => unknown) {
  const calls: string[] = [];
  const call = async (name: string, argument: unknown) => {
    calls.push(name);
    return answer(name, argument);
  };
  return {
    calls,
    client: { call, on: () => () => undefined, onConnection: () => () => undefined } as unknown as StationClient,
  };
}

function listener(shot: () => Promise<boolean> = async () => true): CaptureListener {
  return { guidance: vi.fn(), trouble: vi.fn(), shot };
}

describe('runCapture', () => {
  it('opens, sends numbered frames until the shot, and closes', async () => {
    const sequences: unknown[] = [];
    const { client, calls } = stationThat((name, argument) => {
      if (name !== 'capture.frame') return {};
      sequences.push((argument as { sequence: number }).sequence);
      return guidance(sequences.length === 3);
    });
    await runCapture(client, source, listener(), new AbortController().signal);
    expect(calls).toEqual(['capture.open', 'capture.frame', 'capture.frame', 'capture.frame', 'capture.close']);
    expect(sequences).toEqual([0, 1, 2]);
  });

  it('never has two frames under way', async () => {
    let underWay = 0;
    let most = 0;
    let frames = 0;
    const { client } = stationThat(async (name) => {
      if (name !== 'capture.frame') return {};
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay -= 1;
      return guidance(++frames === 5);
    });
    await runCapture(client, source, listener(), new AbortController().signal);
    expect(most).toBe(1);
  });

  it('goes on when the shot did not give a photo', async () => {
    let shots = 0;
    const { client, calls } = stationThat((name) => (name === 'capture.frame' ? guidance(true) : {}));
    await runCapture(
      client,
      source,
      listener(async () => ++shots === 2),
      new AbortController().signal,
    );
    expect(calls.filter((name) => name === 'capture.frame')).toHaveLength(2);
  });

  it('opens the step again when the station says it is not open', async () => {
    let frames = 0;
    const { client, calls } = stationThat((name) => {
      if (name !== 'capture.frame') return {};
      if (frames++ === 0) throw new StationError('capture.not-open');
      return guidance(true);
    });
    const told = listener();
    await runCapture(client, source, told, new AbortController().signal);
    expect(calls).toEqual(['capture.open', 'capture.frame', 'capture.open', 'capture.frame', 'capture.close']);
    expect(told.trouble).toHaveBeenCalledWith('capture.not-open');
  });

  it('says nothing of the pictures that a camera cannot give yet when it begins', async () => {
    let grabs = 0;
    const grab = async () => {
      if (grabs++ < 3) throw new DOMException('Invalid source state', 'InvalidStateError');
      return picture;
    };
    const { client, calls } = stationThat((name) => (name === 'capture.frame' ? guidance(true) : {}));
    const told = listener();
    await runCapture(client, { ...source, grab }, told, new AbortController().signal);
    expect(told.trouble).not.toHaveBeenCalled();
    expect(calls).toEqual(['capture.open', 'capture.frame', 'capture.close']);
  });

  it('tells of pictures that stay unreadable, and not as a fault of the program', async () => {
    const controller = new AbortController();
    const { client } = stationThat(() => ({}));
    const grab = () => Promise.reject(new DOMException('Invalid source state', 'InvalidStateError'));
    const trouble = vi.fn(() => controller.abort());
    await runCapture(client, { ...source, grab }, { ...listener(), trouble }, controller.signal);
    expect(trouble).toHaveBeenCalledExactlyOnceWith('capture.bad-picture');
  });

  it('ends with the signal, tells nothing more and closes the station side', async () => {
    const controller = new AbortController();
    const { client, calls } = stationThat((name) => {
      if (name === 'capture.frame') controller.abort();
      return guidance(false);
    });
    const told = listener();
    await runCapture(client, source, told, controller.signal);
    expect(told.guidance).not.toHaveBeenCalled();
    expect(calls).toEqual(['capture.open', 'capture.frame', 'capture.close']);
  });
});
