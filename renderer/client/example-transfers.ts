import type {
  ListedTransfer,
  PackageView,
  TransferConflict,
  TransferJob,
  TransferPlace,
  TransferState,
} from '../../native-bridge/contract/transfer-calls.ts';

const id = (last: number) => `0197a000-0000-7000-8000-0000000000${last}`;
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

export const examplePlaces: readonly TransferPlace[] = [
  {
    id: 'E:\\',
    label: '工地 U 盘 E:',
    kind: 'removable',
    freeBytes: 28_700_000_000,
    files: [
      { name: 'hand-over-7C1E-20260305-0412-5b0f2c11.enrolpack', bytes: 6_912_000, changedAt: ago(95) },
      { name: 'receipt-7C1E-20260304-0930-aa01b2c3.enrolpack', bytes: 18_400, changedAt: ago(1500) },
      { name: 'copy-7C1E-20260304-0901-0dd4e5f6.enrolpack.part', bytes: 2_100_000, changedAt: ago(1530) },
    ],
  },
  { id: 'F:\\', label: 'KINGSTON F:', kind: 'removable', freeBytes: 3_900_000, files: [] },
];

export const exampleTransferState: TransferState = {
  own: {
    name: '三号工地采集台',
    fingerprint: 'BD98-0F27-64AC-11E0-93D5',
    code: `enrolstation1:${'eyJuYW1lIjoi'.repeat(12)}`,
  },
  stations: [
    { name: '劳资科办公室', fingerprint: '7C1E-55A0-9B3D-4F02-E861', outcomes: 12 },
    { name: '一号工地采集台', fingerprint: '20F4-8ED1-0C77-B39A-6A15', outcomes: 0 },
  ],
};

export const exampleTransfers: readonly ListedTransfer[] = [
  {
    id: id(41),
    direction: 'out',
    kind: 'hand-over',
    state: 'open',
    fileName: 'hand-over-BD98-20260305-0501-77aa10c4.enrolpack',
    startedAt: ago(35),
    records: 58,
    handedOver: 32,
  },
  {
    id: id(42),
    direction: 'out',
    kind: 'hand-over',
    state: 'complete',
    peer: '7C1E-55A0-9B3D-4F02-E861',
    peerName: '劳资科办公室',
    fileName: 'hand-over-BD98-20260304-0815-3fd0b7aa.enrolpack',
    startedAt: ago(1500),
    records: 46,
    handedOver: 46,
  },
  {
    id: id(43),
    direction: 'out',
    kind: 'copy',
    state: 'complete',
    fileName: 'copy-BD98-20260303-1002-90ab12cd.enrolpack',
    startedAt: ago(2900),
    records: 210,
    handedOver: 0,
  },
];

export function examplePackage(file: string): PackageView {
  const known = file.includes('receipt');
  return {
    id: known ? id(52) : id(51),
    kind: known ? 'receipt' : file.startsWith('copy') ? 'copy' : 'hand-over',
    createdAt: ago(95),
    practice: false,
    planned: 57,
    bytes: 6_912_000,
    senderName: '劳资科办公室',
    fingerprint: '7C1E-55A0-9B3D-4F02-E861',
    ...(known && { knownAs: '劳资科办公室' }),
    needsPassphrase: !known,
  };
}

export function exampleConflicts(photo: Uint8Array): readonly TransferConflict[] {
  const version = {
    name: '韦试样',
    maskedNumber: '459999********0019',
    teamName: '钢筋三班',
    sealedAt: ago(300),
    photo,
  };
  return [
    {
      recordId: id(61),
      contentHash: 'a'.repeat(64),
      station: '7C1E-55A0-9B3D-4F02-E861',
      foundAt: ago(20),
      ours: version,
      theirs: { ...version, teamName: '木工一班', sealedAt: ago(280) },
    },
  ];
}

const missing = [
  { id: id(71), name: '黄样本', maskedNumber: '459999********0036' },
  { id: id(72), name: '莫测试', maskedNumber: '459999********0041' },
];

/** How a work goes on: half-way first, then its end. */
export function exampleJob(work: TransferJob['work'], at: 'begun' | 'half' | 'ended'): TransferJob {
  if (at === 'begun') return { work, state: 'running', done: 0, total: 0 };
  if (at === 'half') return { work, state: 'running', done: 1240, total: 3000, perSecond: 41.6 };
  const report = { id: id(51), kind: 'hand-over' as const, unreadable: [], leftOut: 1 };
  const counts = { entered: 41, older: 1, ended: 0, unchanged: 12, erased: 0, conflict: 1, unreadable: 0 };
  const ended = { work, state: 'done', done: 57, total: 57 } as const;
  if (work === 'export')
    return { ...ended, exported: { ...report, fileName: exampleTransfers[1]?.fileName ?? '', written: 56 } };
  const cut = { whole: false, trouble: { code: 'transfer.cut' }, missing, missingCount: 2 } as const;
  return { ...ended, imported: { ...report, ...cut, counts, outcomes: 0 } };
}

/** Stopped by the operator: an import says what it took in, an export can be gone on with. */
export function stoppedJob(job: TransferJob): TransferJob {
  const error = { code: 'transfer.stopped' } as const;
  if (job.work === 'export') return { ...job, state: 'failed', error };
  const counts = { entered: 1228, older: 0, ended: 0, unchanged: 12, erased: 0, conflict: 0, unreadable: 0 };
  const report = { id: id(51), kind: 'hand-over' as const, counts, outcomes: 0, unreadable: [], leftOut: 0 };
  const rest = { missing, missingCount: 1760, whole: false, trouble: error };
  return { ...job, state: 'done', imported: { ...report, ...rest } };
}
