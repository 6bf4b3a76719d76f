import { chinaDateTime } from '../../china-time.ts';
import { asObject, type JsonObject, type JsonValue } from '../../json.ts';
import {
  anyNumber,
  fieldRefusal,
  fieldText,
  may,
  mayPicture,
  moment,
  must,
  oneOf,
  readPictures,
  upTo,
  type DeviceField,
} from '../device-fields.ts';
import { DEVICE_CODES, deviceDone, deviceRefusal, type DeviceReply } from '../device-replies.ts';
import { business, type DeviceFunction, type FunctionContext } from './function-context.ts';

const MOST_RECORDS = 20;
const WAYS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

const FIELDS: readonly DeviceField[] = [
  must('person_type', oneOf(0, 1)),
  must('person_id', upTo(50)),
  must('person_name', upTo(50)),
  must('passed_time', moment),
  must('direction', oneOf('in', 'out')),
  must('way', oneOf(...WAYS)),
  mayPicture('site_photo'),
  may('longitude', anyNumber),
  may('latitude', anyNumber),
  may('address', upTo(200)),
  may('data_id', upTo(64)),
];

/** The records of a call. Guangxi's plain list and the wrapped one of others are not taken for each other. */
function recordsIn(data: JsonValue, context: FunctionContext): readonly JsonValue[] | DeviceReply {
  if (context.settings.passedLogForm === 'array') {
    return Array.isArray(data) ? data : deviceRefusal(DEVICE_CODES.wrongType, '请求体应为数组');
  }
  const { Project_ID: project, Device_ID: device, passedlog_list: list } = asObject(data) ?? {};
  if (project === undefined || device === undefined || list === undefined) {
    return deviceRefusal(DEVICE_CODES.parameterMissing, 'Project_ID、Device_ID、passedlog_list不能为空');
  }
  if (!Array.isArray(list)) return deviceRefusal(DEVICE_CODES.wrongType, 'passedlog_list应为数组');
  const isOurs = project === context.device.projectCode && device === context.device.serial;
  return isOurs ? list : business('Project_ID或Device_ID与设备不一致');
}

async function recordRefusal(
  record: JsonValue,
  index: number,
  context: FunctionContext,
): Promise<DeviceReply | undefined> {
  const place = `[${index}]`;
  const source = asObject(record);
  if (!source) return deviceRefusal(DEVICE_CODES.wrongType, `${place}应为JSON对象`);
  const refusal = fieldRefusal(source, FIELDS, place);
  if (refusal) return refusal;
  const pictures = await readPictures(source, FIELDS, context.settings.devicePictureForm, place);
  if (!pictures.ok) return pictures.reply;
  if (fieldText(source, 'passed_time') > chinaDateTime(context.receivedAt)) {
    return business(`${place}passed_time不能晚于当前时间`);
  }
  return source['person_type'] === 1 && !isKnown(source, context) ? business(`${place}person_id人员不存在`) : undefined;
}

function isKnown(source: JsonObject, { state, device }: FunctionContext): boolean {
  return state.workers.some(
    ({ empId, idCardNumber, projectCode }) =>
      projectCode === device.projectCode && [empId, idCardNumber].includes(fieldText(source, 'person_id')),
  );
}

/** The same pass sent again after a lost answer is there once. */
function keep(record: JsonObject, { state, device }: FunctionContext): void {
  const pass = {
    projectCode: device.projectCode,
    personId: fieldText(record, 'person_id'),
    passedTime: fieldText(record, 'passed_time'),
    direction: fieldText(record, 'direction'),
  };
  const isThere = state.passes.some(
    (each) =>
      each.projectCode === pass.projectCode &&
      each.personId === pass.personId &&
      each.passedTime === pass.passedTime &&
      each.direction === pass.direction,
  );
  if (!isThere) state.passes.push(pass);
}

/** UploadPassedLog: all records of a call or none. */
export const uploadPassedLog: DeviceFunction = async (data, context) => {
  const records = recordsIn(data, context);
  if ('code' in records) return records;
  if (records.length === 0) return deviceRefusal(DEVICE_CODES.parameterMissing, '通行记录不能为空');
  if (records.length > MOST_RECORDS) return business(`每次不能超过${MOST_RECORDS}条`);
  for (const [index, record] of records.entries()) {
    const refusal = await recordRefusal(record, index, context);
    if (refusal) return refusal;
  }
  for (const record of records) keep(asObject(record) ?? {}, context);
  return deviceDone(null);
};
