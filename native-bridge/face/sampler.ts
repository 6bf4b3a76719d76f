import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `kernel/sampler.ts` exports when it is compiled; addresses are bytes of its memory. */
export interface Sampler {
  readonly memory: WebAssembly.Memory;
  setPicture(address: number, width: number, height: number): void;
  setResult(address: number, edge: number, isMirrored: boolean): void;
  setPlacement(a: number, b: number, dx: number, dy: number): void;
  setOutside(isShown: boolean, red: number, green: number, blue: number): void;
  setNormalisation(red: number, green: number, blue: number, scale: number): void;
  sampleCubic(): void;
  sampleLinear(steps: number): void;
}

const file = join(import.meta.dirname, '../../assets/kernel/sampler.wasm');
const memoryPage = 65_536;

let opened: Sampler | undefined;

/**
 * The compiled sampler, of which one serves the whole process: a call begins and ends without waiting for anything.
 * Throws when the set-up has not made it.
 */
export function openSampler(): Sampler {
  opened ??= instance();
  return opened;
}

function instance(): Sampler {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)));
  // The set-up compiles it from the source beside this one, and nothing else can be in that file.
  return exports as Sampler;
}

/** Why pictures cannot be read on this machine; `undefined` where they can. */
export function samplerProblem(): 'missing' | 'cannot-load' | undefined {
  try {
    openSampler();
    return undefined;
  } catch {
    return existsSync(file) ? 'cannot-load' : 'missing';
  }
}

/** The sampler's memory, which is made larger where it has fewer than `bytes`. */
export function memoryOf({ memory }: Sampler, bytes: number): ArrayBuffer {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / memoryPage));
  return memory.buffer;
}
