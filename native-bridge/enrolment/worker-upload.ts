import type { CardReading } from '../contract/card.ts';
import type { Draft } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { WorkerUpload } from '../platform/connector.ts';
import { chinaDay } from './china-day.ts';
import { identityDocument } from './identity-document.ts';

/** Trade 900 is management staff; everybody else is a construction worker. */
const workRoleOf = (workType: string) => (workType === '900' ? 10 : 20);

/** Pictures as the platform takes them: JPEG files. */
export interface UploadPictures {
  readonly portrait: Uint8Array;
  readonly photo: Uint8Array;
}

/** What is told of a record; its pictures are read by themselves. */
export interface UploadRecord extends Pick<Draft, 'startedAt' | 'team' | 'fields' | 'comparison'> {
  readonly card?: Pick<CardReading, 'fields'> | undefined;
  readonly consent?: object | undefined;
}

/**
 * A sealed record in the national standard's terms. Throws `enrolment.incomplete` when a part is missing that sealing
 * should have asked for.
 */
export function workerUpload(record: UploadRecord, teamSysNo: number, pictures: UploadPictures): WorkerUpload {
  const { card, team, fields, consent } = record;
  const { workType, cellPhone, cultureLevelType, politicsType } = fields;
  if (!card || !team || !consent || !workType || !cellPhone || !cultureLevelType || !politicsType) {
    throw new StationError('enrolment.incomplete');
  }
  const { name, number, validFrom, validTo } = card.fields;
  const { idCardType, nation, address, grantOrg } = identityDocument(card.fields);
  const { payRollBankCardNumber, urgentLinkMan, urgentLinkManPhone } = fields;
  return {
    projectCode: team.projectCode,
    corpCode: team.corpCode,
    corpName: team.corpName,
    teamSysNo,
    teamName: team.teamName,
    workerName: name,
    isTeamLeader: fields.isTeamLeader ?? false,
    idCardType,
    idCardNumber: number,
    workType,
    workRole: workRoleOf(workType),
    nation,
    address,
    headImage: pictures.portrait,
    issueCardPic: pictures.photo,
    issueCardDate: chinaDay(new Date(record.startedAt)),
    politicsType,
    cellPhone,
    cultureLevelType,
    grantOrg,
    startDate: validFrom,
    expiryDate: validTo.kind === 'date' ? validTo.date : undefined,
    ...(payRollBankCardNumber && { payRollBankCardNumber }),
    ...(urgentLinkMan && { urgentLinkMan }),
    ...(urgentLinkManPhone && { urgentLinkManPhone }),
    facesMatch: record.comparison?.kind === 'compared' && record.comparison.band === 'match',
  };
}
