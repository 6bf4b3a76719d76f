import type { TransferJob, TransferState } from '../../native-bridge/contract/transfer-calls.ts';

const id = '01936000-0000-7000-8000-0000000000f1';
const fingerprint = '0000-1111-2222-3333-4444';

const job: TransferJob = { work: 'export', state: 'running', done: 0, total: 3 };
const state: TransferState = { own: { fingerprint, name: '采集台一', code: 'enrol-desk-station' }, stations: [] };

/** A scripted station without a stick in it: what asks is answered, and a work that is begun stays at its beginning. */
export const fakeTransfer = {
  'transfer.state': () => state,
  'transfer.rename': () => state,
  'transfer.trust': () => state,
  'transfer.places': () => ({ places: [] }),
  'transfer.set-folder': () => ({ places: [] }),
  'transfer.preview': () => ({ records: 3, bytes: 360_000 }),
  'transfer.passphrase': () => ({ passphrase: 'sample-words-for-practice' }),
  'transfer.export': () => job,
  'transfer.resume': () => job,
  'transfer.import': (): TransferJob => ({ ...job, work: 'import' }),
  'transfer.stop': () => ({}),
  'transfer.inspect': () => ({
    id,
    kind: 'copy' as const,
    createdAt: '2026-11-02T01:00:00.000Z',
    practice: true,
    planned: 3,
    bytes: 360_000,
    senderName: '采集台二',
    fingerprint,
    needsPassphrase: true,
  }),
  'transfer.list': () => ({ transfers: [] }),
  'transfer.take-back': () => ({ records: 0 }),
  'transfer.conflicts': () => ({ conflicts: [] }),
  'transfer.settle-conflict': () => ({}),
};
