import { describe, expect, it } from 'vitest';
import { FreshThumbnails } from './fresh-thumbnails.ts';

/** Thumbnails that are made when the test says so. */
function slowBest() {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array[]>();
  return { thumbnails: () => promise, resolve, reject };
}
const pictures = (...marks: number[]): Uint8Array[] => marks.map((mark) => Uint8Array.of(mark));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('thumbnails of the best frames', () => {
  it('are told once, when they are made', async () => {
    const fresh = new FreshThumbnails();
    const best = slowBest();
    fresh.make(best);
    expect(fresh.take()).toBeUndefined();
    best.resolve(pictures(1, 2));
    await settled();
    expect(fresh.take()).toEqual(pictures(1, 2));
    expect(fresh.take()).toBeUndefined();
  });

  it('of earlier frames do not replace those of later ones', async () => {
    const fresh = new FreshThumbnails();
    const [earlier, later] = [slowBest(), slowBest()];
    fresh.make(earlier);
    fresh.make(later);
    later.resolve(pictures(2));
    await settled();
    earlier.resolve(pictures(1));
    await settled();
    expect(fresh.take()).toEqual(pictures(2));
  });

  it('of a person who left are taken away, also those that come later', async () => {
    const fresh = new FreshThumbnails();
    const best = slowBest();
    fresh.make(best);
    fresh.forget();
    expect(fresh.take()).toEqual([]);
    best.resolve(pictures(1));
    await settled();
    expect(fresh.take()).toBeUndefined();
  });

  it('are not spoken of where there never were any', () => {
    const fresh = new FreshThumbnails();
    fresh.forget();
    expect(fresh.take()).toBeUndefined();
  });

  it('that cannot be made disturb nothing', async () => {
    const fresh = new FreshThumbnails();
    const [broken, whole] = [slowBest(), slowBest()];
    fresh.make(broken);
    broken.reject(new Error('no memory'));
    await settled();
    expect(fresh.take()).toBeUndefined();
    fresh.make(whole);
    whole.resolve(pictures(3));
    await settled();
    expect(fresh.take()).toEqual(pictures(3));
  });
});
