import type { CameraRotation } from '../../native-bridge/contract/camera.ts';
import { withoutProfile } from './plain-jpeg.ts';
import { canvasOfSize, drawingOn, VideoReader } from './video-reader.ts';

/** Good enough for every check; a 1280×720 frame takes about 120 KB. */
const jpegQuality = 0.9;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest middle part of a picture that has the proportions of `shape`. */
export function middlePart(picture: Size, shape: Size): Size & { readonly x: number; readonly y: number } {
  const scale = Math.min(picture.width / shape.width, picture.height / shape.height);
  const width = Math.round(shape.width * scale);
  const height = Math.round(shape.height * scale);
  return { x: Math.round((picture.width - width) / 2), y: Math.round((picture.height - height) / 2), width, height };
}

/** What is wanted of the picture. */
export interface FrameOptions {
  /** Only the middle in these proportions. */
  readonly shape?: Size;
  /** Turns the picture clockwise. */
  readonly rotation?: CameraRotation;
}

/** Makes JPEGs of what a playing video shows; one after the other. */
export class FrameGrabber {
  readonly #video: HTMLVideoElement;
  readonly #reader: VideoReader;
  #canvas: OffscreenCanvas | undefined;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    this.#reader = new VideoReader(video);
  }

  /** The picture now, not mirrored. Rejects while the video has none. */
  async grab(options: FrameOptions = {}): Promise<Uint8Array> {
    const isWhole = options.shape === undefined && (options.rotation ?? 0) === 0;
    const canvas = isWhole ? await this.#copied() : this.#drawn(options);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
    return withoutProfile(new Uint8Array(await blob.arrayBuffer()));
  }

  async #copied(): Promise<OffscreenCanvas> {
    const pixels = await this.#reader.read();
    const canvas = this.#ofSize(pixels);
    drawingOn(canvas).putImageData(pixels, 0, 0);
    return canvas;
  }

  #drawn({ shape, rotation = 0 }: FrameOptions): OffscreenCanvas {
    const isOnSide = rotation === 90 || rotation === 270;
    const [width, height] = [this.#video.videoWidth, this.#video.videoHeight];
    const picture = isOnSide ? { width: height, height: width } : { width, height };
    const part = middlePart(picture, shape ?? picture);
    const canvas = this.#ofSize(part);
    const drawing = drawingOn(canvas);
    drawing.resetTransform();
    drawing.translate(picture.width / 2 - part.x, picture.height / 2 - part.y);
    drawing.rotate((rotation * Math.PI) / 180);
    drawing.drawImage(this.#video, -width / 2, -height / 2);
    return canvas;
  }

  #ofSize({ width, height }: Size): OffscreenCanvas {
    return (this.#canvas = canvasOfSize(this.#canvas, width, height));
  }
}

/** Resolves with the next picture that the video shows, or when `signal` ends. */
export function nextPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const handle = video.requestVideoFrameCallback(() => resolve());
    signal.addEventListener('abort', () => {
      video.cancelVideoFrameCallback(handle);
      resolve();
    });
  });
}
