import { createHash } from 'node:crypto';
import { asObject, type JsonObject, type JsonValue } from '../../json.ts';
import type { KeptPicture, Worker } from '../../state.ts';
import { fieldRefusal, may, upTo } from '../device-fields.ts';
import { DEVICE_CODES, deviceDone, deviceRefusal, type DeviceReply } from '../device-replies.ts';
import { business, notAnObject, type DeviceFunction, type FunctionContext } from './function-context.ts';

const MOST_PEOPLE = 10;

/** People who came through the other interface have no `emp_id`; their number stands for it. */
const idOf = (worker: Worker): string => worker.empId ?? worker.idCardNumber;
const textIn = (worker: Worker, name: string, other: string): string =>
  String(worker.fields[name] ?? worker.fields[other] ?? '');

const peopleOf = ({ state, device }: FunctionContext): Worker[] =>
  state.workers.filter((worker) => worker.projectCode === device.projectCode);

const FILTERS = ['emp_company', 'emp_name', 'emp_phone', 'id_code'] as const;

const rowOf = (worker: Worker): JsonObject => ({
  emp_id: idOf(worker),
  emp_name: worker.workerName,
  emp_phone: textIn(worker, 'emp_phone', 'cellPhone'),
  emp_company: worker.corpName,
  id_code: worker.idCardNumber,
  work_typename: textIn(worker, 'work_typename', 'workType'),
  team_id: String(worker.teamSysNo),
  team_name: worker.teamName,
});

/** QueryEmployeeList: empty filters let everybody through. */
export const queryEmployeeList: DeviceFunction = (data, context) => {
  const source = asObject(data);
  if (!source) return notAnObject();
  const refusal = fieldRefusal(
    source,
    FILTERS.map((name) => may(name, upTo(200))),
  );
  if (refusal) return refusal;
  const fits = (row: JsonObject): boolean =>
    FILTERS.every((name) => source[name] === undefined || source[name] === '' || source[name] === row[name]);
  return deviceDone({ emp_list: peopleOf(context).map(rowOf).filter(fits) });
};

/** QueryEmpListHash: number of people, and a digest that changes with any of them. */
export const queryEmpListHash: DeviceFunction = (_data, context) => {
  const people = peopleOf(context);
  const text = people.map((worker) => `${idOf(worker)}:${worker.updates}`).sort();
  const sha1 = createHash('sha1').update(text.join('\n')).digest('hex');
  return deviceDone({ emp_count: people.length, sha1 });
};

function askedFor(data: JsonValue, context: FunctionContext): Worker[] | DeviceReply {
  const ids = asObject(data)?.['emp_id'];
  if (ids === undefined) return deviceRefusal(DEVICE_CODES.parameterMissing, 'emp_id不能为空');
  if (!Array.isArray(ids)) return deviceRefusal(DEVICE_CODES.wrongType, 'emp_id应为数组');
  if (ids.length > MOST_PEOPLE) return business(`emp_id每次不能超过${MOST_PEOPLE}个`);
  const people = peopleOf(context);
  const unknown = ids.find((id) => !people.some((worker) => idOf(worker) === id));
  return unknown === undefined ? people.filter((worker) => ids.includes(idOf(worker))) : business('人员不存在');
}

function photoText(picture: KeptPicture | undefined, { shelf }: FunctionContext): string {
  return (picture && shelf.get(picture)?.toString('base64')) ?? '';
}

const photosOf =
  (field: string, ...names: readonly string[]): DeviceFunction =>
  (data, context) => {
    const people = askedFor(data, context);
    if (!Array.isArray(people)) return people;
    const rows = people.map((worker) => {
      const picture = names.map((name) => worker.pictures[name]).find((each) => each !== undefined);
      return { ...rowOf(worker), [field]: photoText(picture, context) };
    });
    return deviceDone({ emp_list: rows });
  };

/** QueryEmployeeInfo: at most ten people with their face photos. */
export const queryEmployeeInfo = photosOf('facephoto', 'facephoto', 'issueCardPic');

/** QueryEmployeeIdInfo: likewise with the portraits of their cards. */
export const queryEmployeeIdInfo = photosOf('id_photo', 'id_photo', 'headImage');
