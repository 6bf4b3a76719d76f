import { describe, expect, it } from 'vitest';
import { checkNames } from '../contract/capture.ts';
import { StationError } from '../contract/errors.ts';
import { checkList } from './checks/check-list.ts';
import { finalRule, loadProfile, summaryOf } from './profile.ts';
import { guangxi, guangxiFile } from './test-picture.ts';

/** The file with `value` at a dotted path. */
function changed(path: string, value: unknown): Record<string, unknown> {
  const file = guangxiFile();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, file);
  parent[last] = value;
  return file;
}

const own = (value: number): unknown => ({ value, source: 'own', default: true });

describe('the Guangxi profile', () => {
  it('has the GA 461 layout and the size limits of the national interface', () => {
    expect(summaryOf(guangxi)).toMatchObject({ name: 'guangxi', width: 358, height: 441, maximumBytes: 37_888 });
    expect(guangxi.geometry.faceWidth).toEqual({ minimum: 0.54, maximum: 0.62 });
    expect(guangxi.file.maximumBase64).toBe(50 * 1024);
  });

  it('has a rule for every check, and every check is measured', () => {
    expect(Object.keys(guangxi.checks).toSorted()).toEqual([...checkNames].toSorted());
    expect(checkList.map(({ name }) => name).toSorted()).toEqual([...checkNames].toSorted());
  });

  it('tells unconfirmed numbers from the one that the platform states', () => {
    const paths = guangxi.unconfirmed.map(({ path }) => path);
    expect(paths).toContain('geometry.width');
    expect(paths).toContain('checks.yaw.limit.maximum');
    expect(paths).not.toContain('file.maximumBase64');
    expect(guangxi.unconfirmed.find(({ path }) => path === 'checks.eye-distance.limit.minimum')).toEqual({
      path: 'checks.eye-distance.limit.minimum',
      value: 90,
      source: 'standard',
    });
  });

  it('checks the final file against its layout, and its own limits where the size matters', () => {
    expect(finalRule(guangxi, 'centred').limit).toEqual({ minimum: 0.453, maximum: 0.547 });
    expect(finalRule(guangxi, 'eye-height').limit.maximum).toBe(0.531);
    expect(finalRule(guangxi, 'eye-distance').limit.minimum).toBe(60);
    expect(finalRule(guangxi, 'irises-visible').limit.minimum).toBe(0.25);
    expect(finalRule(guangxi, 'yaw')).toEqual(guangxi.checks.yaw);
    expect(finalRule(guangxi, 'stillness').kind).toBe('off');
    const { 'irises-visible': rule } = guangxi.checks;
    const off = { ...guangxi, checks: { ...guangxi.checks, 'irises-visible': { ...rule, kind: 'off' as const } } };
    expect(finalRule(off, 'irises-visible').kind).toBe('off');
  });
});

describe('a malformed profile', () => {
  it.each([
    ['an unmarked number', 'geometry.width', 358],
    ['a fraction of a pixel', 'geometry.width', own(358.5)],
    ['an unknown kind', 'checks.yaw.kind', 'maybe'],
    ['a missing check', 'checks.yaw', undefined],
    ['an unknown format', 'format', 2],
    ['an unknown key', 'extra', 1],
    ['an empty layout band', 'geometry.faceWidth.minimum', own(0.7)],
    ['an empty limit', 'checks.yaw.limit.minimum', own(20)],
    ['a lowest quality above the highest', 'file.lowestQuality', own(95)],
  ])('with %s is refused', (_, path, value) => {
    expect(() => loadProfile(changed(path, value))).toThrow(StationError);
  });

  it('is refused with the place of the fault', () => {
    expect(() => loadProfile(changed('checks.yaw.kind', 'maybe'))).toThrow(/checks\.yaw\.kind/);
  });
});
