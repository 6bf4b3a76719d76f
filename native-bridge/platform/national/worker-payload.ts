import { StationError } from '../../contract/errors.ts';
import type { WorkerUpload } from '../connector.ts';
import { nationIn } from '../driver/dialect.ts';
import { pictureText } from '../driver/picture-text.ts';
import type { Dialect } from './dialect.ts';
import type { FieldCipher } from './field-cipher.ts';
import { checkWorker } from './local-check.ts';

type PictureField = 'headImage' | 'issueCardPic';

/**
 * `data` of `ProjectWorker.Add` for workers of one team. Throws `platform.record-refused` when one would not be taken,
 * and `internal` for a list that no request may hold.
 */
export function workerAddData(workers: readonly WorkerUpload[], dialect: Dialect, cipher: FieldCipher) {
  const [first] = workers;
  if (first === undefined || workers.length > dialect.limits.workersPerCall) {
    throw new StationError('internal', `a list of ${workers.length} workers`);
  }
  if (workers.some((worker) => worker.teamSysNo !== first.teamSysNo)) throw new StationError('internal', 'two teams');
  for (const worker of workers) checkWorker(worker, dialect);
  return { ...teamPart(first), workerList: workers.map((worker) => workerRow(worker, dialect, cipher)) };
}

/** `data` of `ProjectWorker.Update`: the same fields without a list. Throws `platform.record-refused`. */
export function workerUpdateData(worker: WorkerUpload, dialect: Dialect, cipher: FieldCipher) {
  checkWorker(worker, dialect);
  return { ...teamPart(worker), ...workerRow(worker, dialect, cipher) };
}

const teamPart = (worker: WorkerUpload) => ({
  projectCode: worker.projectCode,
  corpCode: worker.corpCode,
  corpName: worker.corpName,
  teamSysNo: worker.teamSysNo,
  teamName: worker.teamName,
});

/** Fields in the order of the interface's table. An undefined one does not appear in the JSON text. */
const workerRow = (worker: WorkerUpload, dialect: Dialect, cipher: FieldCipher) => ({
  workerName: worker.workerName,
  isTeamLeader: worker.isTeamLeader ? 1 : 0,
  idCardType: worker.idCardType,
  idCardNumber: cipher.encrypt(worker.idCardNumber),
  workType: worker.workType,
  workRole: worker.workRole,
  issueCardDate: worker.issueCardDate,
  issueCardPic: imageText(worker, 'issueCardPic', dialect),
  payRollBankCardNumber: encryptedIfPresent(worker.payRollBankCardNumber, cipher),
  nation: nationIn(dialect, worker.nation),
  address: worker.address,
  headImage: imageText(worker, 'headImage', dialect),
  politicsType: worker.politicsType,
  cellPhone: worker.cellPhone,
  cultureLevelType: worker.cultureLevelType,
  urgentLinkMan: ifPresent(worker.urgentLinkMan),
  urgentLinkManPhone: ifPresent(worker.urgentLinkManPhone),
  grantOrg: worker.grantOrg,
  startDate: worker.startDate,
  expiryDate: worker.expiryDate ?? dialect.longTermExpiryDate,
});

/** An emptied form field is as good as none. */
const ifPresent = (text: string | undefined) => (text === '' ? undefined : text);

function encryptedIfPresent(text: string | undefined, cipher: FieldCipher): string | undefined {
  const present = ifPresent(text);
  return present === undefined ? undefined : cipher.encrypt(present);
}

const imageText = (worker: WorkerUpload, field: PictureField, dialect: Dialect) =>
  pictureText(worker, dialect.pictures[field], dialect);
