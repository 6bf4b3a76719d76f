import { chinaDateTime } from '../../china-time.ts';
import { asObject } from '../../json.ts';
import { DEVICE_LISTS } from '../device-lists.ts';
import { DEVICE_CODES, deviceDone, deviceRefusal } from '../device-replies.ts';
import { addTeam } from './add-team.ts';
import { queryEmpListHash, queryEmployeeIdInfo, queryEmployeeInfo, queryEmployeeList } from './employee-queries.ts';
import type { DeviceFunction } from './function-context.ts';
import { registerEmployee } from './register-employee.ts';
import { uploadPassedLog } from './upload-passed-log.ts';

const signIn: DeviceFunction = (data, { device, settings }) => {
  const versions = asObject(data)?.['version_list'];
  if (versions === undefined) return deviceRefusal(DEVICE_CODES.parameterMissing, 'version_list不能为空');
  if (!Array.isArray(versions)) return deviceRefusal(DEVICE_CODES.wrongType, 'version_list应为数组');
  return deviceDone({
    server_timestamp: chinaDateTime(settings.now()),
    emp_syncflag: 0,
    project_info: { Project_ID: device.projectCode },
  });
};

const lists = [...DEVICE_LISTS].map(([name, list]): [string, DeviceFunction] => [name, () => deviceDone(list)]);

export const DEVICE_FUNCTIONS: ReadonlyMap<string, DeviceFunction> = new Map<string, DeviceFunction>([
  ['Signin', signIn],
  ['KeepAlive', () => deviceDone(null)],
  ['QueryEmpListHash', queryEmpListHash],
  ['QueryEmployeeList', queryEmployeeList],
  ['QueryEmployeeInfo', queryEmployeeInfo],
  ['QueryEmployeeIdInfo', queryEmployeeIdInfo],
  ['RegisterEmployee', registerEmployee],
  ['AddTeam', addTeam],
  ['UploadPassedLog', uploadPassedLog],
  ...lists,
]);

/** Functions that change something: the ones that a scripted failure makes fail. */
export const DEVICE_WRITES: ReadonlySet<string> = new Set(['RegisterEmployee', 'AddTeam', 'UploadPassedLog']);
