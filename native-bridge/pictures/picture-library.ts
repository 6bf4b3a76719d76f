import type sharp from 'sharp';

async function open(): Promise<typeof sharp> {
  const { default: library } = await import('sharp');
  // Every picture comes once, and is small: neither a cache nor more threads for one of them would be of use.
  library.cache(false);
  library.concurrency(1);
  return library;
}

let opened: Promise<typeof sharp> | undefined;

/** The library that decodes and encodes pictures, loaded with the first one: nobody's start waits for it. */
export const pictureLibrary = (): Promise<typeof sharp> => (opened ??= open());
