import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadProfile } from '../capture/profile.ts';
import { CapturePatience } from './capture-patience.ts';

const file = new URL('../../assets/capture-profiles/guangxi.json', import.meta.url);
const profile = loadProfile(JSON.parse(readFileSync(file, 'utf8')));
const { patienceMs, patienceTries } = profile.guiding;

it('runs out with time', () => {
  const patience = new CapturePatience();
  patience.begin('one', 1000);
  expect(patience.hasRunOut(profile, 1000 + patienceMs - 1)).toBe(false);
  expect(patience.hasRunOut(profile, 1000 + patienceMs)).toBe(true);
});

it('runs out with refused photos, also over several beginnings of the same enrolment', () => {
  const patience = new CapturePatience();
  for (let attempt = 0; attempt < patienceTries; attempt++) {
    patience.begin('one', 1000);
    expect(patience.hasRunOut(profile, 1001)).toBe(false);
    patience.refused();
  }
  patience.begin('one', 1001);
  expect(patience.hasRunOut(profile, 1002)).toBe(true);
});

it('is new for the next worker', () => {
  const patience = new CapturePatience();
  patience.begin('one', 0);
  patience.refused();
  patience.refused();
  patience.begin('two', patienceMs);
  expect(patience.hasRunOut(profile, patienceMs + 1)).toBe(false);
});
