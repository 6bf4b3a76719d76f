/**
 * Reads pictures of a playing video, all into the same memory: to get new memory for each takes several times as long as
 * the reading, and the page's thread with it.
 */
export class VideoReader {
  readonly #video: HTMLVideoElement;
  #pixels: ImageData | undefined;
  #canvas: OffscreenCanvas | undefined;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
  }

  /**
   * The picture that the video shows now, not mirrored, in the colours that the page shows; it holds until the next call,
   * which must not come before this one is done. Rejects while the video has no picture.
   */
  async read(): Promise<ImageData> {
    const frame = new VideoFrame(this.#video);
    try {
      const pixels = this.#memory(frame.visibleRect?.width ?? 0, frame.visibleRect?.height ?? 0);
      await frame.copyTo(pixels.data, { format: 'RGBA' });
      return pixels;
    } catch {
      // An older browser cannot convert while it copies, nor any browser each frame of a graphics processor.
      return this.#drawn(frame);
    } finally {
      frame.close();
    }
  }

  #memory(width: number, height: number): ImageData {
    const held = this.#pixels;
    if (held?.width === width && held.height === height) return held;
    return (this.#pixels = new ImageData(width, height));
  }

  #drawn(frame: VideoFrame): ImageData {
    const [width, height] = [frame.displayWidth, frame.displayHeight];
    const canvas = (this.#canvas = canvasOfSize(this.#canvas, width, height));
    const drawing = drawingOn(canvas);
    drawing.drawImage(frame, 0, 0);
    return drawing.getImageData(0, 0, width, height);
  }
}

/** The same canvas as long as it has the size. */
export function canvasOfSize(canvas: OffscreenCanvas | undefined, width: number, height: number): OffscreenCanvas {
  return canvas?.width === width && canvas.height === height ? canvas : new OffscreenCanvas(width, height);
}

/** Draws in main memory, where what is drawn is read. */
export function drawingOn(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (drawing === null) throw new Error('a canvas without a context');
  return drawing;
}
