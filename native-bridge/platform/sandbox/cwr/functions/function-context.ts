import type { JsonValue } from '../../json.ts';
import type { Settings } from '../../options.ts';
import type { PictureShelf } from '../../picture-shelf.ts';
import type { State } from '../../state.ts';
import type { Device } from '../device-account.ts';
import { DEVICE_CODES, deviceRefusal, type DeviceReply } from '../device-replies.ts';

/** What a function works with: the calling device, the platform's memory, and the moment of arrival. */
export interface FunctionContext {
  readonly device: Device;
  readonly settings: Settings;
  readonly state: State;
  readonly shelf: PictureShelf;
  readonly receivedAt: number;
}

export type DeviceFunction = (data: JsonValue, context: FunctionContext) => DeviceReply | Promise<DeviceReply>;

/** Companies of the device's project, those included that joined through the other interface. */
export function companiesOf({ device, settings, state }: FunctionContext): { corpCode: string; corpName: string }[] {
  const projects = settings.accounts.flatMap((account) => account.projects);
  const listed = projects.filter((each) => each.projectCode === device.projectCode).flatMap((each) => each.corps);
  return [...listed, ...state.participants.filter((each) => each.projectCode === device.projectCode)];
}

export const business = (detail: string, data: JsonValue = null): DeviceReply =>
  deviceRefusal(DEVICE_CODES.businessError, detail, data);

export const notAnObject = (): DeviceReply => deviceRefusal(DEVICE_CODES.wrongType, '请求体应为JSON对象');
