import type { Draft, Team } from '../../native-bridge/contract/enrolment.ts';
import { checkCharacter } from '../../native-bridge/enrolment/id-number.ts';

/** Pictures of one enrolment; the same for everybody, for nobody looks at them here. */
export interface Pictures {
  /** The card's portrait, a PNG file. */
  readonly portrait: Uint8Array;
  /** The photo taken, a JPEG file. */
  readonly photo: Uint8Array;
}

const idStart = '01936000-0000-7000-8000-';
const sequences = 999;
const firstBirth = Date.UTC(1970, 0, 1);
const dayMs = 86_400_000;

export const enrolmentId = (index: number): string => idStart + index.toString(16).padStart(12, '0');

/** The index that an id was made from. */
export const indexOf = (id: string): number => Number.parseInt(id.slice(idStart.length), 16);

/** A number that nobody has, for the division 459999 does not exist; another one for every index. */
export function inventedNumber(index: number): string {
  const birth = new Date(firstBirth + Math.floor(index / sequences) * dayMs).toISOString().slice(0, 10);
  const digits = `459999${birth.replaceAll('-', '')}${String((index % sequences) + 1).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

function card(index: number, { portrait }: Pictures): NonNullable<Draft['card']> {
  const number = inventedNumber(index);
  return {
    fields: {
      kind: 'mainland',
      name: `韦试样${index}`,
      sexCode: '1',
      ethnicCode: '08',
      ethnicGroup: '壮',
      birth: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
      address: '广西测试县样本镇示例村7号',
      number,
      authority: '测试县公安局',
      validFrom: '2016-05-20',
      validTo: { kind: 'date', date: '2036-05-20' },
    },
    portrait: { state: 'decoded', png: portrait, width: 102, height: 126, simulated: true },
    nativePlace: { code: '459999', level: 'unknown', name: '', abolished: false },
    findings: [],
    ageYears: 40,
    samNumber: '05.03-20200101-0000000001-0000000002',
    transport: 'serial',
    readAt: '2026-11-23T01:00:00.000Z',
    readMs: 800,
  };
}

function photo({ photo: jpeg }: Pictures): NonNullable<Draft['photo']> {
  return {
    jpeg,
    width: 358,
    height: 441,
    profile: 'guangxi',
    profileVersion: '1',
    checks: [],
    attempt: 1,
    takenBy: 'automatic',
  };
}

/** What one enrolment stores, step by step: card, consent, photo, comparison, fields. The last one can be sealed. */
export function enrolmentSteps(index: number, team: Team, pictures: Pictures): readonly Draft[] {
  const parts: readonly Partial<Draft>[] = [
    { card: card(index, pictures) },
    {
      consent: { textVersion: '1', faceData: true, provisionToPlatform: true, givenAt: '2026-11-23T01:00:10.000Z' },
    },
    { photo: photo(pictures) },
    { comparison: { kind: 'compared', band: 'match', distance: 0.2, frames: 5, engine: 'invented', verifyMs: 10 } },
    { fields: { workType: '020', cellPhone: '13800000000', cultureLevelType: '02', politicsType: '13' } },
  ];
  const start: Draft = { id: enrolmentId(index), startedAt: '2026-11-23T01:00:00.000Z', team, fields: {} };
  return parts.map((_, last) => Object.assign({}, start, ...parts.slice(0, last + 1)) as Draft);
}

/** How many steps a draft has behind it. */
export function stepsDone(draft: Draft): number {
  const { card: read, consent, photo: taken, comparison, fields } = draft;
  const done = [read, consent, taken, comparison, fields.workType].map((part) => part !== undefined);
  return done.includes(false) ? done.indexOf(false) : done.length;
}
