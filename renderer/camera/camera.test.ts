import { afterEach, describe, expect, it, vi } from 'vitest';
import { troubleOf } from './camera.ts';

class FakeTrack extends EventTarget {
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

function fakeStream() {
  const track = new FakeTrack();
  return { track, stream: { getTracks: () => [track], getVideoTracks: () => [track] } };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A fresh camera with a stand-in for the browser's devices. */
async function cameraWith(getUserMedia: () => Promise<unknown>) {
  const devices = Object.assign(new EventTarget(), { getUserMedia: vi.fn(getUserMedia) });
  vi.stubGlobal('navigator', { mediaDevices: devices });
  vi.resetModules();
  const { camera } = await import('./camera.ts');
  return { camera, devices };
}

afterEach(() => vi.unstubAllGlobals());

describe('troubleOf', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'absent'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('%s is %s', (name, trouble) => {
    expect(troubleOf(Object.assign(new Error(), { name }))).toBe(trouble);
  });
});

describe('camera', () => {
  it('is live while held and stops its track with the last holder', async () => {
    const { stream, track } = fakeStream();
    const { camera } = await cameraWith(async () => stream);
    const first = camera.hold();
    const second = camera.hold();
    await settled();
    expect(camera.state().state).toBe('live');
    first();
    await settled();
    expect(track.stopped).toBe(false);
    second();
    await settled();
    expect(track.stopped).toBe(true);
    expect(camera.state().state).toBe('off');
  });

  it('stops a picture that arrives after everybody has gone', async () => {
    const { stream, track } = fakeStream();
    let give: (value: unknown) => void = () => undefined;
    const { camera } = await cameraWith(() => new Promise((resolve) => (give = resolve)));
    camera.hold()();
    await settled();
    give(stream);
    await settled();
    expect(track.stopped).toBe(true);
    expect(camera.state().state).toBe('off');
  });

  it('tells a lost camera and opens it again when a device appears', async () => {
    const streams = [fakeStream(), fakeStream()];
    let next = 0;
    const { camera, devices } = await cameraWith(async () => streams[next++]?.stream);
    camera.hold();
    await settled();
    streams[0]?.track.dispatchEvent(new Event('ended'));
    expect(camera.state().state).toBe('lost');
    devices.dispatchEvent(new Event('devicechange'));
    await settled();
    expect(camera.state().state).toBe('live');
  });

  it('leaves a missing camera alone once nobody wants it', async () => {
    const { camera, devices } = await cameraWith(() =>
      Promise.reject(Object.assign(new Error(), { name: 'NotFoundError' })),
    );
    const release = camera.hold();
    await settled();
    expect(camera.state().state).toBe('absent');
    release();
    await settled();
    devices.dispatchEvent(new Event('devicechange'));
    await settled();
    expect(camera.state().state).toBe('off');
    expect(devices.getUserMedia).toHaveBeenCalledTimes(1);
  });
});
