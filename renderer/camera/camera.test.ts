import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultCameraSettings } from '../../native-bridge/contract/camera.ts';
import { troubleOf } from './camera.ts';

class FakeTrack extends EventTarget {
  stopped = false;
  readonly label: string;

  constructor(label: string) {
    super();
    this.label = label;
  }

  stop(): void {
    this.stopped = true;
  }
}

function fakeStream(label = 'Webcam (046d:0825)') {
  const track = new FakeTrack(label);
  return { track, stream: { getTracks: () => [track], getVideoTracks: () => [track] } };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A fresh camera with a stand-in for the browser's devices. */
async function cameraWith(
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<unknown>,
  labels: () => readonly string[] = () => [''],
) {
  const enumerateDevices = async () =>
    labels().map((label) => ({ kind: 'videoinput', deviceId: `id of ${label}`, label }));
  const devices = Object.assign(new EventTarget(), { getUserMedia: vi.fn(getUserMedia), enumerateDevices });
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

  it('refuses a program that plays a camera, and takes a real one as soon as it is there', async () => {
    let labels = ['OBS Virtual Camera'];
    const { camera, devices } = await cameraWith(
      async ({ video }) =>
        fakeStream(String((video as { deviceId: { exact: string } }).deviceId.exact).slice(6)).stream,
      () => labels,
    );
    camera.hold();
    await settled();
    expect(camera.state().state).toBe('virtual');
    expect(devices.getUserMedia).not.toHaveBeenCalled();
    labels = [...labels, 'Webcam (046d:0825)'];
    devices.dispatchEvent(new Event('devicechange'));
    await settled();
    expect(camera.state().state).toBe('live');
  });

  it('looks at what the browser gave while the names were not known, and stops what may not be used', async () => {
    const given = [fakeStream('ManyCam Virtual Webcam'), fakeStream()];
    let known = false;
    let next = 0;
    const { camera } = await cameraWith(
      async () => {
        known = true;
        return given[next++]?.stream;
      },
      () => (known ? ['ManyCam Virtual Webcam', 'Webcam (046d:0825)'] : ['', '']),
    );
    camera.hold();
    await settled();
    expect(given[0]?.track.stopped).toBe(true);
    expect(camera.state().state).toBe('live');
    expect(given[1]?.track.stopped).toBe(false);
  });

  it('gives up a camera that is not among the paired ones any more, and opens none before that is known', async () => {
    const { stream, track } = fakeStream();
    const { camera, devices } = await cameraWith(
      async () => stream,
      () => ['Webcam (046d:0825)'],
    );
    const connection: ((connected: boolean) => void)[] = [];
    camera.follow({
      call: async () => defaultCameraSettings,
      onConnection: (listener: (connected: boolean) => void) => void connection.push(listener),
      on: () => undefined,
    } as never);
    camera.hold();
    await settled();
    expect(devices.getUserMedia).not.toHaveBeenCalled();
    connection[0]?.(true);
    await settled();
    expect(camera.state().state).toBe('live');
    camera.use({ ...defaultCameraSettings, paired: ['Other (1234:5678)'] });
    await settled();
    expect(track.stopped).toBe(true);
    expect(camera.state().state).toBe('not-paired');
  });

  it('waits for whoever signs in at a station that was locked when the page came', async () => {
    const { camera } = await cameraWith(async () => fakeStream().stream);
    const listeners: ((payload: unknown) => void)[] = [];
    let isLocked = true;
    const refused = async () => Promise.reject(new Error('account.not-signed-in'));
    camera.follow({
      call: () => (isLocked ? refused() : Promise.resolve(defaultCameraSettings)),
      onConnection: (listener: (connected: boolean) => void) => listener(true),
      on: (_name: string, listener: (payload: unknown) => void) => listeners.push(listener),
    } as never);
    camera.hold();
    await settled();
    expect(camera.state().state).toBe('starting');
    isLocked = false;
    listeners.forEach((tell) => tell({ state: 'signed-in' }));
    await settled();
    expect(camera.state().state).toBe('live');
  });

  it('tells a picture that is none, and opens the camera anew when asked to', async () => {
    const streams = [fakeStream(), fakeStream()];
    let next = 0;
    const { camera } = await cameraWith(async () => streams[next++]?.stream);
    camera.hold();
    await settled();
    camera.tellPicture(streams[1]?.stream as never, 'frozen');
    expect(camera.state()).toMatchObject({ state: 'live', picture: 'good' });
    camera.tellPicture(streams[0]?.stream as never, 'frozen');
    expect(camera.state()).toMatchObject({ state: 'live', picture: 'frozen' });
    camera.retry();
    await settled();
    expect(streams[0]?.track.stopped).toBe(true);
    expect(camera.state()).toMatchObject({ state: 'live', picture: 'good' });
  });
});
