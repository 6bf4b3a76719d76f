import { dirname } from 'node:path';
import type { LibraryHandle } from 'koffi';

export type NativeFunction = ReturnType<LibraryHandle['func']>;

/** Why a library cannot serve: it does not load, or it has no such function. */
export class UnusableLibrary extends Error {
  readonly part: 'library' | 'function';

  constructor(part: 'library' | 'function', cause?: unknown) {
    super(part, { cause });
    this.part = part;
  }
}

/** Decoders keep whole pictures on the stack, and were written for the 1 MiB that Windows gives to a thread. */
const stackBytes = 4 * 1024 * 1024;

async function loadKoffi() {
  const { default: koffi } = await import('koffi');
  koffi.config({ ...koffi.config(), async_stack_size: stackBytes });
  return koffi;
}

/** A maker's library in this process. Belongs to the helper: what it does wrong ends the process that called it. */
export class NativeLibrary {
  readonly #library: LibraryHandle;

  private constructor(library: LibraryHandle) {
    this.#library = library;
  }

  /** Loads a library with its folder as the working folder, where Windows looks for the libraries that it needs itself. */
  static async load(path: string): Promise<NativeLibrary> {
    try {
      process.chdir(dirname(path));
      return new NativeLibrary((await loadKoffi()).load(path));
    } catch (cause) {
      throw new UnusableLibrary('library', cause);
    }
  }

  /** The function that is exported under the first of these names that there is. */
  function(symbols: readonly string[], convention: string, parameters: readonly string[]): NativeFunction {
    let trouble: unknown;
    for (const symbol of symbols) {
      try {
        return this.#library.func(convention, symbol, 'int', [...parameters]);
      } catch (cause) {
        trouble = cause;
      }
    }
    throw new UnusableLibrary('function', trouble);
  }
}

/**
 * Calls a function on the pool's only thread (see `helperEnvironment`), so that the helper still hears of its parent's
 * end while a library hangs, and a library is never entered by two threads.
 */
export function callNative(native: NativeFunction, parameters: readonly unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    native.async(...parameters, (error: Error | null, value: number) => (error ? reject(error) : resolve(value)));
  });
}
