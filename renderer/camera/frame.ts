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

/** The picture of a playing video now, not mirrored, as JPEG; only its middle in the proportions of `shape` if given. */
export async function grabFrame(video: HTMLVideoElement, shape?: Size): Promise<Uint8Array> {
  const picture = { width: video.videoWidth, height: video.videoHeight };
  const part = middlePart(picture, shape ?? picture);
  const canvas = new OffscreenCanvas(part.width, part.height);
  canvas.getContext('2d')?.drawImage(video, part.x, part.y, part.width, part.height, 0, 0, part.width, part.height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
  return new Uint8Array(await blob.arrayBuffer());
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
