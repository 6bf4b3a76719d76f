import type { WorkerUpload } from '../connector.ts';
import { nameOf } from '../driver/code-table.ts';
import { type CwrDialect, nationIn } from '../driver/dialect.ts';
import { pictureText } from '../driver/picture-text.ts';
import { checkWorker } from './local-check.ts';

const managerRole = 10;

/** The place of a worker in the platform's own lists. */
export const jobOf = ({ workRole }: WorkerUpload, { jobs }: CwrDialect) =>
  workRole === managerRole ? jobs.manager : jobs.worker;

export const workTypeNameOf = ({ workType }: WorkerUpload, { codes }: CwrDialect) => nameOf(codes.workType, workType);

/** The date as it is printed on the card. */
const onCard = (date: string) => date.replaceAll('-', '.');

/** The body of `RegisterEmployee`. Throws `platform.record-refused` when it would not be taken. */
export function registerEmployeeData(worker: WorkerUpload, dialect: CwrDialect) {
  checkWorker(worker, dialect);
  return { ...personPart(worker, dialect), ...workPart(worker, dialect), ...bankPart(worker) };
}

const personPart = (worker: WorkerUpload, dialect: CwrDialect) => ({
  Project_ID: worker.projectCode,
  id_code: worker.idCardNumber,
  id_photo: pictureText(worker, dialect.pictures.id_photo, dialect),
  emp_name: worker.workerName,
  emp_phone: worker.cellPhone,
  emp_nativeplace: worker.address,
  emp_nation: nationIn(dialect, worker.nation),
  pass_period: `${worker.issueCardDate}:${worker.expiryDate ?? dialect.longTermPassEnd}`,
  // N after three attempts without a match, or where a person decided: the platform records it and takes the worker.
  match_flag: worker.facesMatch === true ? 'Y' : 'N',
  facephoto: pictureText(worker, dialect.pictures.facephoto, dialect),
  id_agency: worker.grantOrg,
  id_validdate: `${onCard(worker.startDate)}-${worker.expiryDate === undefined ? dialect.longTermIdValidity : onCard(worker.expiryDate)}`,
});

const workPart = (worker: WorkerUpload, dialect: CwrDialect) => ({
  emp_company: worker.corpName,
  work_typename: workTypeNameOf(worker, dialect),
  emp_category: jobOf(worker, dialect).category,
  cwr_iskeypsn: worker.workRole === managerRole ? 1 : 0,
  job_typename: jobOf(worker, dialect).typeName,
  job_name: jobOf(worker, dialect).code,
  // Whether there is a contract is told elsewhere.
  contract_status: 0,
  team_name: worker.teamName,
  ...(dialect.teams === 'numbered' && { team_id: worker.teamSysNo }),
});

const bankPart = ({ payRollBankCardNumber: number }: WorkerUpload) =>
  number === undefined || number === '' ? {} : { emp_cardnum: number };
