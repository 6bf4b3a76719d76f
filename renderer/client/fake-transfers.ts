import type { transferCalls, TransferJob } from '../../native-bridge/contract/transfer-calls.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';
import {
  exampleConflicts,
  exampleJob,
  examplePackage,
  examplePlaces,
  exampleTransfers,
  exampleTransferState,
  stoppedJob,
} from './example-transfers.ts';

type TransferName = keyof typeof transferCalls;
type TransferHandlers = { readonly [N in TransferName]: (argument: Argument<N>) => Result<N> };

/** What the rehearsal can set. */
export interface FakeTransfers {
  places: Result<'transfer.places'>['places'];
  hasConflicts: boolean;
  job?: TransferJob;
}

export const fakeTransfers = (): FakeTransfers => ({ places: [...examplePlaces], hasConflicts: false });

/** Milliseconds after which a work is half done, and at its end. */
const halfAfterMs = 500;
const endAfterMs = 2000;

/** Answers of a station with two sticks, a few earlier exports and, when told so, one conflict. */
export function fakeTransferHandlers(
  state: FakeTransfers,
  photo: () => Uint8Array,
  tell: (job: TransferJob) => void,
): TransferHandlers {
  const goOn = (job: TransferJob) => {
    if (state.job?.state === 'running') tell((state.job = job));
  };
  const run = (work: TransferJob['work']) => {
    setTimeout(() => goOn(exampleJob(work, 'half')), halfAfterMs);
    setTimeout(() => goOn(exampleJob(work, 'ended')), endAfterMs);
    tell((state.job = exampleJob(work, 'begun')));
    return state.job;
  };
  return {
    'transfer.state': () => ({ ...exampleTransferState, ...(state.job && { job: state.job }) }),
    'transfer.rename': () => exampleTransferState,
    'transfer.trust': () => exampleTransferState,
    'transfer.places': () => ({ places: state.places }),
    'transfer.set-folder': () => ({ places: state.places }),
    'transfer.preview': () => ({ records: 57, bytes: 6_840_000 }),
    'transfer.passphrase': () => ({ passphrase: 'KQ7W-9ZTB-M4XN-HH26-PVRD' }),
    'transfer.export': () => run('export'),
    'transfer.resume': () => run('export'),
    'transfer.import': () => run('import'),
    'transfer.stop': () => {
      if (state.job !== undefined) goOn(stoppedJob(state.job));
      return {};
    },
    'transfer.cancel': () => {
      if (state.job !== undefined) goOn({ ...state.job, state: 'failed', error: { code: 'transfer.cancelled' } });
      return {};
    },
    'transfer.inspect': ({ file }) => examplePackage(file),
    'transfer.list': () => ({ transfers: [...exampleTransfers] }),
    'transfer.take-back': () => ({ records: 46 }),
    'transfer.conflicts': () => ({ conflicts: state.hasConflicts ? [...exampleConflicts(photo())] : [] }),
    'transfer.settle-conflict': () => {
      state.hasConflicts = false;
      return {};
    },
  };
}
