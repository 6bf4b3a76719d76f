import { asObject, type JsonObject } from '../../json.ts';
import type { Picture } from '../../picture-check.ts';
import { findWorker, tallyOf, type Team, type Worker } from '../../state.ts';
import {
  cardValidity,
  fieldRefusal,
  fieldText,
  may,
  mayPicture,
  must,
  mustPicture,
  oneOf,
  passPeriod,
  readPictures,
  residentNumber,
  shapedAs,
  upTo,
  wholeNumber,
  type DeviceField,
} from '../device-fields.ts';
import { codesOf, EMPLOYEE_CATEGORIES, JOB_TYPES, JOBS, namesOf, WORK_TYPE_NAMES } from '../device-lists.ts';
import { deviceDone, type DeviceReply } from '../device-replies.ts';
import { business, companiesOf, notAnObject, type DeviceFunction, type FunctionContext } from './function-context.ts';

// Which fields are required is not documented: those are that every observed client fills.
const FIELDS: readonly DeviceField[] = [
  must('Project_ID', upTo(50)),
  must('id_code', residentNumber),
  mustPicture('id_photo'),
  must('emp_name', upTo(50)),
  must('emp_phone', shapedAs(/^[0-9+-]{7,20}$/, '格式不正确')),
  must('emp_nativeplace', upTo(200)),
  must('emp_nation', upTo(10)),
  must('pass_period', passPeriod),
  must('match_flag', oneOf('Y', 'N')),
  mustPicture('facephoto'),
  must('emp_company', upTo(200)),
  must('work_typename', oneOf(...namesOf(WORK_TYPE_NAMES))),
  must('emp_category', oneOf(...namesOf(EMPLOYEE_CATEGORIES))),
  must('cwr_iskeypsn', oneOf(0, 1)),
  may('job_dept', upTo(100)),
  may('emp_dept', upTo(100)),
  must('job_typename', oneOf(...namesOf(JOB_TYPES))),
  must('job_name', oneOf(...codesOf(JOBS))),
  must('contract_status', oneOf(0, 1)),
  must('id_agency', upTo(50)),
  must('id_validdate', cardValidity),
  may('emp_bankname', upTo(50)),
  may('emp_cardnum', shapedAs(/^\d{12,30}$/, '格式不正确')),
  mayPicture('idphoto_scan'),
  mayPicture('idphoto_scan2'),
  may('SUID', upTo(50)),
  may('team_id', wholeNumber),
  may('team_name', upTo(100)),
  may('job_order', upTo(20)),
];

interface Place {
  readonly corpCode: string;
  readonly corpName: string;
  readonly team: Team | undefined;
}

/** Where the person belongs, or why they cannot. */
function placeOf(source: JsonObject, context: FunctionContext): Place | DeviceReply {
  if (source['Project_ID'] !== context.device.projectCode) return business('Project_ID与设备所属项目不一致');
  const company = companiesOf(context).find((each) => each.corpName === source['emp_company']);
  if (!company) return business('emp_company不是本项目的参建单位');
  const { corpCode, corpName } = company;
  const { team_id: teamSysNo, team_name: teamName } = source;
  if (teamSysNo === undefined) return { corpCode, corpName, team: undefined };
  const team = context.state.teams.find(
    (each) =>
      each.teamSysNo === teamSysNo && each.projectCode === context.device.projectCode && each.corpCode === corpCode,
  );
  if (!team) return business('team_id班组不存在');
  return team.teamName === teamName ? { corpCode, corpName, team } : business('team_name与team_id不一致');
}

const pictureNames = new Set(FIELDS.filter(({ isPicture }) => isPicture).map(({ name }) => name));

function valuesOf(source: JsonObject): Worker['fields'] {
  const entries = Object.entries(source).filter(([name]) => !pictureNames.has(name));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? value : fieldText(source, name)]),
  );
}

function keep(
  source: JsonObject,
  pictures: ReadonlyMap<string, Picture>,
  place: Place,
  context: FunctionContext,
): Omit<Worker, 'updates' | 'empId'> {
  const kept = [...pictures].map(([name, picture]) => [name, context.shelf.put(picture)] as const);
  return {
    projectCode: context.device.projectCode,
    corpCode: place.corpCode,
    corpName: place.corpName,
    teamSysNo: place.team?.teamSysNo ?? 0,
    teamName: fieldText(source, 'team_name'),
    idCardNumber: fieldText(source, 'id_code'),
    workerName: fieldText(source, 'emp_name'),
    fields: valuesOf(source),
    pictures: Object.fromEntries(kept),
  };
}

// Whether registering again changes the person is not documented: the stricter reading is the default. Name and full
// number are in the text, so that a client proves that it masks texts before it shows them.
function registerAgain(
  present: Worker,
  kept: Omit<Worker, 'updates' | 'empId'>,
  context: FunctionContext,
): DeviceReply {
  if (context.settings.onRegisterAgain === 'replace') {
    Object.assign(present, kept, { updates: present.updates + 1 });
    return deviceDone({ emp_id: present.empId ?? '' });
  }
  tallyOf(context.state, present.projectCode, present.idCardNumber).duplicatesRefused += 1;
  return business(`${present.workerName}（${present.idCardNumber}）已登记`, { emp_id: present.empId ?? '' });
}

/** RegisterEmployee: puts one person on the project of the device and gives `emp_id`. */
export const registerEmployee: DeviceFunction = async (data, context) => {
  const source = asObject(data);
  if (!source) return notAnObject();
  const refusal = fieldRefusal(source, FIELDS);
  if (refusal) return refusal;
  const read = await readPictures(source, FIELDS, context.settings.devicePictureForm);
  if (!read.ok) return read.reply;
  const place = placeOf(source, context);
  if ('code' in place) return place;
  const kept = keep(source, read.pictures, place, context);
  const present = findWorker(context.state, kept.projectCode, kept.idCardNumber);
  if (present) return registerAgain(present, kept, context);
  const empId = `E${String(context.state.nextSerial++).padStart(6, '0')}`;
  context.state.workers.push({ ...kept, empId, updates: 0 });
  tallyOf(context.state, kept.projectCode, kept.idCardNumber).added += 1;
  return deviceDone({ emp_id: empId });
};
