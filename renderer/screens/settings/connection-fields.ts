import {
  cwrConnectionSchema,
  nationalConnectionSchema,
  type ProjectConnection,
} from '../../../native-bridge/contract/project-connection.ts';

type FieldOf<C> = C extends unknown ? Exclude<keyof C, 'driver' | 'dialect'> : never;
export type ConnectionField = FieldOf<ProjectConnection>;
export type Driver = ProjectConnection['driver'];

const place = ['projectCode', 'projectName', 'corpCode', 'corpName'] as const satisfies ConnectionField[];

/** What is typed in for a kind of platform, in this order. */
export function connectionFields(driver: Driver, needsEnterpriseKey: boolean): readonly ConnectionField[] {
  if (driver === 'cwr') return ['url', 'apiKey', 'deviceSerial', 'secret', ...place, 'certificatePins'];
  return [
    'url',
    'appid',
    'secret',
    ...(needsEnterpriseKey ? (['enterpriseKey'] as const) : []),
    ...place,
    'certificatePins',
  ];
}

const shapes = { national: nationalConnectionSchema.shape, cwr: cwrConnectionSchema.shape };

/** Whether the station would take the text; a field that the kind of platform does not have takes anything. */
export function isTaken(driver: Driver, field: ConnectionField, text: string): boolean {
  const shape: Partial<Record<ConnectionField, { safeParse(value: unknown): { success: boolean } }>> = shapes[driver];
  return shape[field]?.safeParse(text).success ?? true;
}

/** What may be left out. */
export const isOptional = (field: ConnectionField): boolean => field === 'certificatePins';

export const isSecret = (field: ConnectionField): boolean => field === 'secret' || field === 'enterpriseKey';
