import type { CardReading, Finding } from '../../native-bridge/contract/card.ts';
import type { RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import type { ModelPack } from '../../native-bridge/contract/model-pack-calls.ts';
import type { ErrorCode } from '../../native-bridge/contract/errors.ts';
import type { RecoveryState } from '../../native-bridge/contract/safety-calls.ts';
import type { Gate } from '../../native-bridge/contract/gates.ts';
import { exampleRecord, type FakeStation } from '../client/fake-station.ts';
import { exampleJob } from '../client/example-transfers.ts';
import { exampleOpening, expectedWorkers } from '../client/fake-lists.ts';
import { exampleChallenges, exampleOutcomes } from '../client/fake-liveness.ts';
import { otherCards } from './other-cards.ts';
import { accountScenarios } from './account-scenarios.ts';
import { firstRunScenarios } from './first-run-scenarios.ts';
import { paperScenarios } from './paper-scenarios.ts';
import { updateScenarios } from './update-scenarios.ts';
import { teamScenarios } from './team-scenarios.ts';

const ok = (code: Finding['code']): Finding => ({ code, level: 'ok' });

const findings: readonly Finding[] = [
  ok('number-check-digit'),
  ok('birth-against-number'),
  ok('sex-against-number'),
  ok('validity'),
  ok('age'),
  { code: 'division', level: 'ok', reason: 'abolished' },
  ok('ethnic-group'),
  ok('private-use-character'),
];

const exampleFields = {
  kind: 'mainland',
  name: '韦试样',
  sexCode: '1',
  ethnicCode: '08',
  ethnicGroup: '壮',
  birth: '1986-04-09',
  address: '广西测试县样本镇示例村七组 12 号附 3 号',
  number: '45999919860409001X',
  authority: '测试县公安局',
  validFrom: '2016-05-20',
  validTo: { kind: 'date', date: '2036-05-20' },
} satisfies CardReading['fields'];

function exampleCard(png: Uint8Array, part: Partial<CardReading> = {}): CardReading {
  return {
    fields: exampleFields,
    portrait: { state: 'decoded', png, width: 102, height: 126, simulated: false },
    nativePlace: { code: '459999', level: 'county', name: '广西壮族自治区示例地区测试县', abolished: true },
    findings: [...findings],
    ageYears: 40,
    samNumber: '05.03-20240101-0000012345-0000067890',
    transport: 'serial',
    readAt: new Date().toISOString(),
    readMs: 812,
    ...part,
  };
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function exampleRecords(): RecordSummary[] {
  const later = new Date(Date.now() + 4 * 60_000).toISOString();
  const records: Partial<RecordSummary>[] = [
    { name: '覃示例', state: 'confirmed', attempts: 1, serial: 'S20260305-000871' },
    { name: '黄样本', state: 'sending', attempts: 1 },
    { name: '莫测试', state: 'accepted', attempts: 1, serial: 'S20260305-000872' },
    { name: '陆范例', state: 'sealed', attempts: 3, nextAttemptAt: later, error: { code: 'platform.unreachable' } },
    {
      name: '蓝样例',
      state: 'needs-attention',
      attempts: 2,
      error: { code: 'platform.record-refused' },
      platformText: '该人员已在其他在建项目登记，请先办理退场（459999********0046）',
      band: 'review',
    },
    { name: '农示范', state: 'sealed' },
    { name: '阿卜杜热西提·测试', state: 'sealed', attempts: 1, nextAttemptAt: later, error: { code: 'platform.busy' } },
    { name: '欧阳试例', state: 'confirmed', attempts: 1, serial: 'S20260305-000866' },
    { name: '梁样式', state: 'needs-attention', attempts: 1, error: { code: 'platform.sign-refused' } },
    { name: '岑例子', state: 'confirmed', attempts: 2, serial: 'S20260305-000860' },
    { name: '谭标样', state: 'confirmed', attempts: 1, serial: 'S20260305-000858' },
    { name: '卢示样', state: 'withdrawn' },
    { name: '龙样例', state: 'superseded', attempts: 1, error: { code: 'platform.record-refused' } },
  ];
  return records.map((part, index) =>
    exampleRecord({
      sealedAt: ago(3 + index * 4),
      changedAt: ago(2 + index * 4),
      maskedNumber: `459999********00${21 + index * 5}`,
      ...part,
    }),
  );
}

function consented(station: FakeStation): void {
  if (station.draft === undefined) return;
  station.draft = {
    ...station.draft,
    consent: { textVersion: '1', faceData: true, provisionToPlatform: true, givenAt: new Date().toISOString() },
  };
}

/** Invented, one for each band. */
const falseAccepts = {
  match: { atMost: 0.000009 },
  review: { atLeast: 0.0021, atMost: 0.0042 },
  'no-match': { atLeast: 0.31, atMost: 0.35 },
} as const;

function compared(station: FakeStation, band: 'match' | 'review' | 'no-match', distance: number): void {
  stand(station);
  const evidence = { distance, frames: 5, engine: 'example-1', verifyMs: 41, falseAccepts: falseAccepts[band] };
  station.outcome = { kind: 'compared', band, ...evidence };
  station.takePhoto('automatic');
}

const lay = (station: FakeStation, part?: Partial<CardReading>) =>
  station.layCard(exampleCard(station.pictures.card, part));

/** The worker stands before the camera. */
function stand(station: FakeStation): void {
  lay(station);
  consented(station);
}

function complete(station: FakeStation): void {
  compared(station, 'match', 0.31);
  if (station.draft === undefined) return;
  const fields = { workType: '020', cellPhone: '13800000000', cultureLevelType: '02', politicsType: '13' };
  station.draft = { ...station.draft, fields };
}

/** Two like faces under other numbers. */
function foundFace(station: FakeStation): void {
  const found = station.records
    .slice(2, 4)
    .map(({ id: recordId }, index) => ({ recordId, distance: 0.19 + index / 20 }));
  station.face.search = {
    kind: 'searched',
    engine: 'example-1/photos',
    limit: 0.31,
    searched: 212,
    leftOut: 18,
    searchMs: 84,
    found,
  };
}

const examplePacks: readonly ModelPack[] = [
  {
    id: 'example-recogniser',
    role: 'second',
    about: { name: '示例识别模型', version: '2.1', licence: 'Apache-2.0', source: 'https://example.com' },
  },
  { id: 'broken', role: 'first', trouble: { code: 'face.pack-hash' } },
];

function gate(station: FakeStation, worst: Gate): void {
  station.status = { ...station.status, gates: [worst, ...station.status.gates] };
}

type Closed = Extract<RecoveryState, { state: 'closed' }>;

function closed(station: FakeStation, code: ErrorCode, part: Partial<Closed> = {}): void {
  const { backups } = station.safety.backups;
  const state = { state: 'closed', file: 'station', backups, hasRecoveryKey: false } as const;
  station.safety.recovery = { ...state, error: { code }, ...part };
}

/** The black list answered, or could not be asked. */
function listed(station: FakeStation, answered: boolean): void {
  compared(station, 'match', 0.31);
  const told = answered
    ? ({ state: 'listed', reason: '使用伪造证件', blocks: true } as const)
    : ({ state: 'unknown', error: { code: 'platform.unreachable' }, blocks: false } as const);
  station.edit((draft) => ({ ...draft, blackList: { ...told, askedAt: ago(0) } }));
}

const agedBy = (level: Finding['level'], reason: string, years: number, ageYears: number): Partial<CardReading> => ({
  ageYears,
  findings: [...findings.filter(({ code }) => code !== 'age'), { code: 'age', level, reason, years }],
});

/** Of a data file. */
const copying = { done: 168e6, total: 400e6, perSecond: 21e6 };

const scenarios: Readonly<Record<string, (station: FakeStation) => void>> = {
  waiting: () => undefined,
  damaged: (station) => closed(station, 'store.corrupt'),
  'damaged-without-backup': (station) => closed(station, 'store.corrupt', { backups: [] }),
  'damaged-practice': (station) => closed(station, 'store.corrupt', { file: 'practice' }),
  'key-lost': (station) => closed(station, 'store.wrong-key', { hasRecoveryKey: true }),
  'key-lost-for-good': (station) => closed(station, 'store.wrong-key'),
  'disk-full': (station) => closed(station, 'store.full'),
  restoring: (station) => {
    station.safety.recovery = { state: 'restoring', percent: 42, bytes: copying, canCancel: true };
  },
  'restoring-last': (station) => (station.safety.recovery = { state: 'restoring', percent: 100, canCancel: false }),
  rekeying: (station) =>
    (station.safety.recovery = { state: 'rekeying', percent: 42, bytes: copying, canCancel: true }),
  'rekeying-last': (station) => (station.safety.recovery = { state: 'rekeying', percent: 100, canCancel: false }),
  'backup-away': (station) => {
    const second = { place: 'E:\\', isThere: false, sameDisk: false };
    station.safety.backups = { ...station.safety.backups, second, running: true, percent: 42, bytes: copying };
    station.safety.keys = { recovery: { madeAt: ago(3000), testedAt: ago(2990) } };
    station.status = { ...station.status, practice: false, backup: { away: true, lastVerifiedAt: ago(25) } };
  },
  empty: (station) => {
    station.records = [];
    const { delivery: _none, ...status } = station.status;
    station.status = { ...status, unsent: { count: 0, needsAttention: 0 } };
  },
  conflicts: (station) => (station.transfers.hasConflicts = true),
  exporting: (station) => (station.transfers.job = exampleJob('export', 'half')),
  importing: (station) => (station.transfers.job = exampleJob('import', 'half')),
  'no-stick': (station) => (station.transfers.places = []),
  'printer-faulty': (station) => (station.printer.last = { at: ago(90), faults: ['size', 'edges'] }),
  'no-readers': (station) => ((station.readers = []), (station.reader = { state: 'searching' })),
  reading: (station) => (station.reader = { ...station.reader, state: 'reading' }),
  lift: (station) => (station.reader = { ...station.reader, state: 'lift-card' }),
  'reader-trouble': (station) => (station.reader = { state: 'trouble', code: 'reader.port-busy' }),
  searching: (station) => (station.reader = { state: 'searching' }),
  paused: (station) => void station.call('queue.pause', {}),
  'paused-lately': (station) => {
    const until = new Date(Date.now() + 59 * 60_000).toISOString();
    station.status = { ...station.status, sendingPaused: { at: ago(1), until, sending: 1 } };
  },
  'held-reading': (station) => {
    const rows = { done: 1800, total: 4200, perSecond: 1480 };
    station.lists.held = { ...exampleOpening, step: 'checking', number: 2, rows };
  },
  'held-opening': (station) => (station.lists.held = exampleOpening),
  'held-writing': (station) => {
    const rows = { done: 8250, total: 18_400, perSecond: 3120 };
    station.lists.held = { subject: 'workers', seconds: 5, step: 'writing', number: 2, steps: 3, rows };
  },
  'held-checks': (station) => (station.diagnostics.isHeld = true),
  consent: (station) => lay(station),
  'consent-required': (station) => {
    station.status = { ...station.status, signatureRequired: true };
    lay(station);
  },
  'no-portrait': (station) => lay(station, { portrait: { state: 'missing', code: 'portrait.no-decoder' } }),
  'portrait-pending': (station) => lay(station, { portrait: { state: 'pending' } }),
  ...Object.fromEntries(
    Object.entries(otherCards).map(([name, part]) => [name, (station: FakeStation) => lay(station, part)]),
  ),
  'under-age': (station) =>
    lay(station, {
      fields: { ...exampleFields, birth: '2011-04-09', number: '45999920110409001X' },
      ageYears: 15,
      findings: [
        ...findings.filter(({ code }) => code !== 'age'),
        { code: 'age', level: 'block', reason: 'under-minimum' },
      ],
    }),
  'age-trade': (station) => lay(station, agedBy('block', 'under-block-trade', 18, 17)),
  'age-certificate': (station) => {
    const fields = { ...exampleFields, birth: '1963-04-09', number: '45999919630409001X' };
    lay(station, { fields, ...agedBy('block', 'needs-certificate', 60, 63) });
    consented(station);
  },
  'age-certificate-given': (station) => {
    compared(station, 'match', 0.31);
    void station.call('enrolment.attach-certificate', { file: station.pictures.photo });
  },
  'black-listed': (station) => listed(station, true),
  'training-due': (station) => {
    station.alreadyEnrolled = station.records[4]?.id;
    station.trainingDueSince = ago(400 * 24 * 60);
    listed(station, false);
  },
  enrolled: (station) => {
    station.alreadyEnrolled = station.records[4]?.id;
    lay(station, { newestAddress: '示例省练习市样板区新迁路 9 号 3 栋 502 室' });
  },
  capture: (station) => {
    stand(station);
    station.framesUntilGood = undefined;
  },
  'take-best': (station) => {
    stand(station);
    station.framesUntilGood = undefined;
    station.mayTakeBest = true;
  },
  exception: (station) => {
    stand(station);
    void station.call('capture.take-best', { reason: '眼部疾患' });
  },
  ...Object.fromEntries(
    Object.entries(exampleChallenges).map(([name, view]) => [
      `liveness-${name}`,
      (station: FakeStation) => {
        stand(station);
        station.framesUntilGood = undefined;
        station.liveness.view = view;
      },
    ]),
  ),
  'liveness-done': (station) => {
    station.liveness.outcome = exampleOutcomes.passed;
    complete(station);
  },
  'liveness-excepted': (station) => {
    station.liveness.outcome = exampleOutcomes.excepted;
    complete(station);
  },
  automatic: stand,
  match: (station) => compared(station, 'match', 0.31),
  ready: (station) => complete(station),
  review: (station) => compared(station, 'review', 0.44),
  'no-match': (station) => compared(station, 'no-match', 0.67),
  cannot: (station) => {
    lay(station, { portrait: { state: 'missing', code: 'portrait.no-decoder' } });
    consented(station);
    station.outcome = { kind: 'cannot-compare', error: { code: 'portrait.no-decoder' }, verifyMs: 1 };
    station.takePhoto('operator');
  },
  decided: (station) => {
    compared(station, 'review', 0.44);
    void station.call('enrolment.decide', { samePerson: true, reason: '五官一致，证件照较旧' });
  },
  'found-face': (station) => {
    foundFace(station);
    compared(station, 'match', 0.31);
  },
  'found-face-decided': (station) => {
    foundFace(station);
    complete(station);
    const reason = '双胞胎，已核对原件';
    for (const { id: recordId } of station.records.slice(2, 4))
      void station.call('face-search.decide', { recordId, samePerson: recordId === station.records[3]?.id, reason });
  },
  disagreeing: (station) => {
    compared(station, 'review', 0.27);
    const { draft } = station;
    if (draft?.comparison?.kind !== 'compared') return;
    const secondOpinion = { kind: 'compared', band: 'no-match', distance: 1.21, engine: 'example-2' } as const;
    station.draft = { ...draft, comparison: { ...draft.comparison, disagreeing: 'match', secondOpinion } };
  },
  'face-settings': (station) => {
    station.face.isOn = true;
    station.face.packs = examplePacks;
  },
  'gate-warns': (station) => gate(station, { gate: 'unsent-age', level: 'warn', value: 53, warnAt: 48, blockAt: 168 }),
  'gate-closed': (station) => gate(station, { gate: 'unsent-age', level: 'block', value: 170, blockAt: 168 }),
  'whole-team': (station) => {
    station.lists.mode = { on: true, entryDate: '2026-03-05' };
    station.lists.workers = expectedWorkers(245, 23);
    station.lists.listing = { kind: 'not-listed' };
    lay(station);
  },
  ...teamScenarios,
  ...firstRunScenarios,
  ...updateScenarios,
  ...paperScenarios,
  ...accountScenarios,
  restored: (station) => {
    station.restored = true;
    complete(station);
  },
};

/** Nobody has been enrolled yet: the first steps are told. */
function practise(station: FakeStation): void {
  scenarios['empty']?.(station);
  station.status = { ...station.status, practice: true, platform: { state: 'reachable' } };
  const card = (name: string, zh: string, en: string) => ({ name, title: { zh, en } });
  station.cards = [
    card('adult-male', '韦试样 · 成年男性，壮族', '韦试样 · adult, Zhuang'),
    card('expired', '莫测试 · 证件已过期', '莫测试 · expired card'),
    card('under-age', '覃示例 · 未满 16 周岁', '覃示例 · under 16'),
  ];
  station.makeCard = (_name, portrait) =>
    exampleCard(portrait ?? station.pictures.card, {
      portrait: { state: 'decoded', png: portrait ?? station.pictures.card, width: 102, height: 126, simulated: true },
    });
}

/** Puts the scripted station into a named state; `practice-` before a name puts it into practice mode as well. */
export function applyScenario(station: FakeStation, name: string): void {
  station.records = exampleRecords();
  station.status = {
    ...station.status,
    unsent: { count: 12, oldestSealedAt: ago(41), needsAttention: 2 },
    delivery: { done: 108, total: 120, sending: 5, perMinute: 40, secondsLeft: 18 },
  };
  if (name.startsWith('practice-')) practise(station);
  if (name.startsWith('offline-')) {
    const { delivery: _, ...status } = station.status;
    station.status = {
      ...status,
      platform: { state: 'trouble', error: { code: 'platform.unreachable' }, lastSuccessAt: ago(50) },
    };
  }
  const scenario = scenarios[name.replace(/^(practice|offline)-/, '')];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  scenario(station);
}
