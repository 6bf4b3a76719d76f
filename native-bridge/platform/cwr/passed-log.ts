import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { chinaTime } from '../driver/china-time.ts';
import type { CwrDialect } from '../driver/dialect.ts';

/** One pass through a gate. */
export interface Pass {
  /** 0 visitor, 1 employee. */
  readonly personType: 0 | 1;
  /** The platform's `emp_id`, or the ID number. */
  readonly personId: string;
  readonly personName: string;
  /** Milliseconds since 1970; the photo carries the same time. */
  readonly passedAt: number;
  readonly direction: 'in' | 'out';
  /** 1 to 11, in the order of the national table of ways of passing. */
  readonly way: number;
  /** JPEG; empty where there is none. */
  readonly sitePhoto: Uint8Array;
  /** WGS 84. */
  readonly place?: { readonly longitude: number; readonly latitude: number; readonly address?: string };
}

const passSchema = z.object({
  personId: z.string().regex(/\S/).max(50),
  personName: z.string().regex(/\S/).max(50),
  passedAt: z.number().int().positive(),
  way: z.int().min(1).max(11),
});

/** The body of `UploadPassedLog`. Throws `platform.record-refused` naming what the platform would not take. */
export function passedLogData(
  passes: readonly Pass[],
  dialect: CwrDialect,
  device: { readonly projectCode: string; readonly deviceSerial: string },
) {
  if (passes.length === 0 || passes.length > dialect.limits.passesPerCall) {
    throw new StationError('platform.record-refused', 'number of passes');
  }
  const list = passes.map((pass) => passRecord(pass, dialect));
  if (dialect.passedLog === 'array') return list;
  return { Project_ID: device.projectCode, Device_ID: device.deviceSerial, passedlog_list: list };
}

function passRecord(pass: Pass, dialect: CwrDialect) {
  const parsed = passSchema.safeParse(pass);
  if (!parsed.success) {
    throw new StationError('platform.record-refused', parsed.error.issues.map(({ path }) => path.join('.')).join(', '));
  }
  return {
    person_type: pass.personType,
    person_id: pass.personId,
    person_name: pass.personName,
    passed_time: chinaTime(pass.passedAt, dialect.timeFormat),
    direction: pass.direction,
    way: pass.way,
    site_photo: sitePhotoText(pass.sitePhoto, dialect),
    ...pass.place,
  };
}

function sitePhotoText(photo: Uint8Array, { imagePrefix, limits }: CwrDialect): string {
  if (photo.length === 0) return '';
  const text = imagePrefix + Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength).toString('base64');
  if (text.length > limits.imageCharacters) throw new StationError('platform.record-refused', 'sitePhoto');
  return text;
}
