import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../store/canonical-json.ts';
import { ProfileShelf, readProfiles } from './profile-shelf.ts';

const profiles = await readProfiles(join(import.meta.dirname, '..', '..', 'assets', 'capture-profiles'));

/** Settings in memory, shared by the shelves of several projects. */
function settings(): ConstructorParameters<typeof ProfileShelf>[1] {
  const values = new Map<string, Json | undefined>();
  return {
    get: (key, schema) => schema.safeParse(values.get(key)).data,
    set: (key, value) => void values.set(key, value),
  };
}

describe('the shelf of capture profiles', () => {
  it('brings four, and uses the Guangxi one until another is chosen', () => {
    const shelf = new ProfileShelf(profiles, settings(), 'TEST0001');
    const names = shelf.describe().profiles.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['gb-t-35678', 'guangxi', 'iso-39794-5', 'icao-passport'].toSorted());
    expect(shelf.active.name).toBe('guangxi');
  });

  it('remembers the choice of each project by itself', () => {
    const kept = settings();
    const first = new ProfileShelf(profiles, kept, 'TEST0001');
    first.choose('icao-passport');
    expect(first.active.geometry).toMatchObject({ width: 413, height: 531 });
    expect(new ProfileShelf(profiles, kept, 'TEST0001').active.name).toBe('icao-passport');
    expect(new ProfileShelf(profiles, kept, 'TEST0002').active.name).toBe('guangxi');
  });

  it('refuses one that it does not have', () => {
    const shelf = new ProfileShelf(profiles, settings(), 'TEST0001');
    expect(() => shelf.choose('nowhere')).toThrow(expect.objectContaining({ code: 'store.not-found' }));
    expect(shelf.describe().chosen).toBe('guangxi');
  });

  it('tells which limits are not confirmed', () => {
    const [listed] = new ProfileShelf(profiles, settings(), 'TEST0001').describe().profiles;
    expect(listed?.unconfirmed).toBeGreaterThan(0);
    expect(listed?.rules.find(({ name }) => name === 'yaw')).toMatchObject({ unit: 'degree', isDefault: true });
  });
});
