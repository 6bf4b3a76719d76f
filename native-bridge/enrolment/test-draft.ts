import type { CardReading, MainlandFields } from '../contract/card.ts';
import type { FinalPhoto } from '../contract/capture.ts';
import type { Comparison, Consent, Draft, Team } from '../contract/enrolment.ts';
import { newDraft } from './draft.ts';

/** Made-up people and pictures for tests: the division 459999 does not exist. */
export const testTeam: Team = {
  id: '0190a6b0-0000-7000-8000-0000000000aa',
  projectCode: 'TEST0001',
  projectName: '示例项目',
  corpCode: '99TESTCORP00000001',
  corpName: '示例劳务公司',
  teamName: '钢筋一班',
  workType: '020',
};

export const testFields: MainlandFields = {
  kind: 'mainland',
  name: '韦试样',
  sexCode: '1',
  ethnicCode: '08',
  ethnicGroup: '壮',
  birth: '1986-04-09',
  address: '广西测试县样本镇示例村7号',
  number: '459999198604090019',
  authority: '测试县公安局',
  validFrom: '2016-05-20',
  validTo: { kind: 'date', date: '2036-05-20' },
};

export const testCard = (fields: Partial<MainlandFields> = {}): CardReading => ({
  fields: { ...testFields, ...fields },
  portrait: { state: 'decoded', png: Uint8Array.of(1, 2, 3), width: 102, height: 126, simulated: true },
  nativePlace: { code: '459999', level: 'province', name: '广西壮族自治区', abolished: false },
  findings: [],
  ageYears: 40,
  samNumber: '05.03-20200101-0000000001-0000000002',
  transport: 'serial',
  readAt: '2026-11-23T01:00:00.000Z',
  readMs: 800,
});

export const testConsent: Consent = {
  textVersion: '1',
  faceData: true,
  provisionToPlatform: true,
  givenAt: '2026-11-23T01:00:10.000Z',
};

export const testPhoto: FinalPhoto = {
  jpeg: Uint8Array.of(0xff, 0xd8, 0xff),
  width: 358,
  height: 441,
  profile: 'guangxi',
  profileVersion: '1',
  checks: [],
  attempt: 1,
  takenBy: 'automatic',
};

export const testComparison = (band: 'match' | 'review' | 'no-match'): Comparison => ({
  kind: 'compared',
  band,
  distance: 0.3,
  frames: 5,
  engine: 'test',
  verifyMs: 10,
});

export const emptyDraft = (): Draft =>
  newDraft('0190a6b0-0000-7000-8000-000000000001', '2026-11-23T01:00:00.000Z', testTeam);

/** A draft to which nothing is missing. */
export const completeDraft = (): Draft => ({
  ...emptyDraft(),
  card: testCard(),
  consent: testConsent,
  photo: testPhoto,
  comparison: testComparison('match'),
  fields: { workType: '020', cellPhone: '13800000000', cultureLevelType: '02', politicsType: '13' },
});
