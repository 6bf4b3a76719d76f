/** How a convolution or pooling window moves over a picture; sizes in pixels, vertical before horizontal. */
export interface SlidingWindow {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: 'SAME' | 'VALID';
}

export interface PlacedWindow {
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  /** Height and width of what comes out. */
  readonly size: readonly [number, number];
}

/** Where TensorFlow puts the window on a picture of the given height and width. */
export function placeWindow({ kernel, strides, padding }: SlidingWindow, [height, width]: readonly [number, number]) {
  const vertical = slide(height, kernel[0], strides[0], padding);
  const horizontal = slide(width, kernel[1], strides[1], padding);
  const placed: PlacedWindow = {
    pads: [vertical.before, horizontal.before, vertical.after, horizontal.after],
    size: [vertical.size, horizontal.size],
  };
  return placed;
}

/** TensorFlow's SAME puts the odd padding row behind; VALID has none. */
function slide(source: number, kernel: number, stride: number, padding: 'SAME' | 'VALID') {
  if (padding === 'VALID') return { before: 0, after: 0, size: Math.floor((source - kernel) / stride) + 1 };
  const size = Math.ceil(source / stride);
  const total = Math.max((size - 1) * stride + kernel - source, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before, size };
}
