import type { WorkerUpload } from '../connector.ts';
import { nationIn } from '../driver/dialect.ts';
import { pictureText } from '../driver/picture-text.ts';
import type { Dialect } from './dialect.ts';
import type { FieldCipher } from './field-cipher.ts';
import { checkWorker } from './local-check.ts';

type PictureField = 'headImage' | 'issueCardPic';

/** `data` of `ProjectWorker.Add` for one worker. Throws `platform.record-refused` when it would not be taken. */
export function workerAddData(worker: WorkerUpload, dialect: Dialect, cipher: FieldCipher) {
  checkWorker(worker, dialect);
  return { ...teamPart(worker), workerList: [workerRow(worker, dialect, cipher)] };
}

/** `data` of `ProjectWorker.Update`: the same fields without a list. Throws like `workerAddData`. */
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
