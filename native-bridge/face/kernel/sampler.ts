// AssemblyScript, compiled to WebAssembly at set-up: the reading of pictures takes most of the time that a frame spends
// outside the nets, and red, green and blue of a pixel are computed at once here, which JavaScript cannot do. Colours
// are 32-bit numbers and no operation depends on the processor, so that every machine reads the very same values.
//
// Pictures lie as rows of three bytes a pixel, with as many bytes behind the last one as a load reads too far. Positions
// in them are whole pixels in the upper and parts of a pixel in the lower 32 bits, counted from pixel centres.

// Where the picture lies and how large it is. Rows that are not needed may be missing: `picture` is where the first one
// would begin.
let picture: usize = 0;
let width: i32 = 0;
let height: i32 = 0;

// Where the planes of red, green and blue lie, and their edge in pixels.
let planes: usize = 0;
let edge: i32 = 0;
let isMirrored: bool = false;

// Carries positions in the result to the picture: x = a·u − b·v + dx, y = b·u + a·v + dy.
let a: f64 = 0;
let b: f64 = 0;
let dx: f64 = 0;
let dy: f64 = 0;

// Colour of what lies outside the picture, used when `isOutsideShown`; else the picture's edge is continued.
let outside: v128 = f32x4.splat(0);
let isOutsideShown: bool = false;

// Values become (value − offset) × scale.
let offset: v128 = f32x4.splat(0);
let scale: f32 = 1;

export function setPicture(address: usize, pixelsWide: i32, pixelsHigh: i32): void {
  picture = address;
  width = pixelsWide;
  height = pixelsHigh;
}

export function setResult(address: usize, pixels: i32, mirrored: bool): void {
  planes = address;
  edge = pixels;
  isMirrored = mirrored;
}

export function setPlacement(along: f64, across: f64, right: f64, down: f64): void {
  a = along;
  b = across;
  dx = right;
  dy = down;
}

export function setOutside(isShown: bool, red: f32, green: f32, blue: f32): void {
  isOutsideShown = isShown;
  outside = colour(red, green, blue);
}

export function setNormalisation(red: f32, green: f32, blue: f32, factor: f32): void {
  offset = colour(red, green, blue);
  scale = factor;
}

/** One cubic (Catmull-Rom) sample over four by four neighbours for each pixel of the result. */
export function sampleCubic(): void {
  const right: i64 = position(a);
  const down: i64 = position(b);
  for (let row = 0; row < edge; row++) {
    let x: i64 = xAt(0.5, <f64>row + 0.5);
    let y: i64 = yAt(0.5, <f64>row + 0.5);
    let at: usize = startOfRow(row);
    for (let column = 0; column < edge; column++) {
      // A cubic swings beyond the values that it passes through.
      write(at, f32x4.pmin(f32x4.pmax(cubic(x, y), f32x4.splat(0)), f32x4.splat(255)));
      at = next(at);
      x += right;
      y += down;
    }
  }
}

/** The mean of steps × steps linear samples for each pixel of the result. */
export function sampleLinear(steps: i32): void {
  const apart: f64 = 1 / <f64>steps;
  const right: i64 = position(a);
  const down: i64 = position(b);
  for (let row = 0; row < edge; row++) {
    if (isRowOutside(row)) {
      fillRow(row, outside);
      continue;
    }
    let x: i64 = xAt(0.5 * apart, <f64>row + 0.5 * apart);
    let y: i64 = yAt(0.5 * apart, <f64>row + 0.5 * apart);
    let at: usize = startOfRow(row);
    for (let column = 0; column < edge; column++) {
      write(at, meanOfLinear(x, y, steps, position(a * apart), position(b * apart)));
      at = next(at);
      x += right;
      y += down;
    }
  }
}

@inline
function colour(red: f32, green: f32, blue: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(red), 1, green), 2, blue);
}

@inline
function position(pixels: f64): i64 {
  return <i64>(pixels * 4294967296.0);
}

@inline
function xAt(u: f64, v: f64): i64 {
  return position(a * u - b * v + dx - 0.5);
}

@inline
function yAt(u: f64, v: f64): i64 {
  return position(b * u + a * v + dy - 0.5);
}

@inline
function whole(at: i64): i32 {
  return <i32>(at >> 32);
}

@inline
function part(at: i64): f32 {
  return <f32>(<u32>at) * <f32>(1 / 4294967296.0);
}

@inline
function startOfRow(row: i32): usize {
  return planes + ((row * edge + (isMirrored ? edge - 1 : 0)) << 2);
}

@inline
function next(at: usize): usize {
  return isMirrored ? at - 4 : at + 4;
}

@inline
function write(at: usize, value: v128): void {
  const plane: usize = (edge * edge) << 2;
  const normalised: v128 = f32x4.mul(f32x4.sub(value, offset), f32x4.splat(scale));
  v128.store_lane<f32>(at, normalised, 0);
  v128.store_lane<f32>(at + plane, normalised, 1);
  v128.store_lane<f32>(at + 2 * plane, normalised, 2);
}

function fillRow(row: i32, value: v128): void {
  let at: usize = startOfRow(row);
  for (let column = 0; column < edge; column++) {
    write(at, value);
    at = next(at);
  }
}

@inline
function isOutside(x: i64, y: i64): bool {
  return x <= -one || y <= -one || x >= <i64>width << 32 || y >= <i64>height << 32;
}

const one: i64 = 1 << 32;

/** Whether every sample of a row shows the colour of the outside: those of half of a wide frame's square do. */
@inline
function isRowOutside(row: i32): bool {
  const top: f64 = a * <f64>row + dy - 0.5;
  const bottom: f64 = a * <f64>(row + 1) + dy - 0.5;
  return isOutsideShown && b == 0 && (bottom <= -1 || top >= height);
}

@inline
function meanOfLinear(x: i64, y: i64, steps: i32, right: i64, down: i64): v128 {
  if (steps == 1) return linear(x, y);
  let sum: v128 = f32x4.splat(0);
  for (let row = 0; row < steps; row++) {
    for (let column = 0; column < steps; column++) {
      sum = f32x4.add(sum, linear(x + column * right - row * down, y + column * down + row * right));
    }
  }
  return f32x4.mul(sum, f32x4.splat(<f32>1 / <f32>(steps * steps)));
}

@inline
function linear(x: i64, y: i64): v128 {
  const left: i32 = whole(x);
  const top: i32 = whole(y);
  if (<u32>left < <u32>(width - 1) && <u32>top < <u32>(height - 1)) {
    const p: usize = addressOf(left, top);
    const q: usize = p + 3 * width;
    return mix(mix(pixel(p), pixel(p + 3), part(x)), mix(pixel(q), pixel(q + 3), part(x)), part(y));
  }
  return isOutsideShown && isOutside(x, y) ? outside : linearAtEdge(x, y);
}

/** The same where not all four neighbours lie in the picture; the edge's pixels stand for the others. */
function linearAtEdge(x: i64, y: i64): v128 {
  const left: i32 = whole(x);
  const top: i32 = whole(y);
  return mix(
    mix(nearestPixel(left, top), nearestPixel(left + 1, top), part(x)),
    mix(nearestPixel(left, top + 1), nearestPixel(left + 1, top + 1), part(x)),
    part(y),
  );
}

@inline
function mix(from: v128, to: v128, share: f32): v128 {
  return f32x4.add(from, f32x4.mul(f32x4.sub(to, from), f32x4.splat(share)));
}

@inline
function cubic(x: i64, y: i64): v128 {
  const left: i32 = whole(x);
  const top: i32 = whole(y);
  if (<u32>(left - 1) < <u32>max(0, width - 3) && <u32>(top - 1) < <u32>max(0, height - 3)) {
    const across: v128 = cubicWeights(part(x));
    const down: v128 = cubicWeights(part(y));
    const stride: usize = 3 * width;
    const p: usize = addressOf(left - 1, top - 1);
    const q: usize = p + stride;
    const r: usize = q + stride;
    return fourRows(down, fourPixels(p, across), fourPixels(q, across), fourPixels(r, across), fourPixels(r + stride, across));
  }
  return isOutsideShown && isOutside(x, y) ? outside : cubicAtEdge(x, y);
}

/** The same where neighbours are missing; the edge's pixels stand for them. */
function cubicAtEdge(x: i64, y: i64): v128 {
  const left: i32 = whole(x) - 1;
  const top: i32 = whole(y) - 1;
  const across: v128 = cubicWeights(part(x));
  return fourRows(
    cubicWeights(part(y)),
    nearestPixels(left, top, across),
    nearestPixels(left, top + 1, across),
    nearestPixels(left, top + 2, across),
    nearestPixels(left, top + 3, across),
  );
}

/** Catmull-Rom weights of the four neighbours for a position `t` between the middle two. */
@inline
function cubicWeights(t: f32): v128 {
  const at: v128 = f32x4.splat(t);
  const cubes: v128 = f32x4.mul(at, f32x4(-0.5, 1.5, -1.5, 0.5));
  const squares: v128 = f32x4.mul(at, f32x4.add(cubes, f32x4(1, -2.5, 2, -0.5)));
  return f32x4.add(f32x4(0, 1, 0, 0), f32x4.mul(at, f32x4.add(squares, f32x4(-0.5, 0, 0.5, 0))));
}

@inline
function fourPixels(at: usize, weights: v128): v128 {
  return weighted(weights, pixel(at), pixel(at + 3), pixel(at + 6), pixel(at + 9));
}

@inline
function fourRows(weights: v128, first: v128, second: v128, third: v128, fourth: v128): v128 {
  return weighted(weights, first, second, third, fourth);
}

@inline
function nearestPixels(left: i32, row: i32, weights: v128): v128 {
  return weighted(
    weights,
    nearestPixel(left, row),
    nearestPixel(left + 1, row),
    nearestPixel(left + 2, row),
    nearestPixel(left + 3, row),
  );
}

@inline
function weighted(weights: v128, first: v128, second: v128, third: v128, fourth: v128): v128 {
  return f32x4.add(
    f32x4.add(
      f32x4.mul(first, v128.shuffle<f32>(weights, weights, 0, 0, 0, 0)),
      f32x4.mul(second, v128.shuffle<f32>(weights, weights, 1, 1, 1, 1)),
    ),
    f32x4.add(
      f32x4.mul(third, v128.shuffle<f32>(weights, weights, 2, 2, 2, 2)),
      f32x4.mul(fourth, v128.shuffle<f32>(weights, weights, 3, 3, 3, 3)),
    ),
  );
}

@inline
function nearestPixel(column: i32, row: i32): v128 {
  return pixel(addressOf(max(0, min(width - 1, column)), max(0, min(height - 1, row))));
}

@inline
function addressOf(column: i32, row: i32): usize {
  return picture + 3 * (row * width + column);
}

/** Red, green and blue of the pixel at an address; eight bytes are read, and the last lane gets whatever follows. */
@inline
function pixel(at: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(v128.load_ext<u8>(at)));
}
