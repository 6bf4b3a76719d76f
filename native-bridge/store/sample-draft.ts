import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedDraft } from './seal.ts';

/** First bytes of a JPEG file: start of image and a JFIF application segment. */
export const jpegStart = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46]);
export const pngStart = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const sampleName = '韦试样';
/** Division 459999 does not exist. */
export const sampleNumber = '459999199001010019';

/** A file of `size` bytes that begins as given; the rest is random, as that of a compressed picture looks. */
export function picture(start: Uint8Array, size = 40_000): Uint8Array {
  return new Uint8Array(Buffer.concat([start, randomBytes(size - start.length)]));
}

export const sampleTeam = {
  id: '7f1f1f7e-0000-4000-8000-000000000001',
  projectCode: 'PROJECT0001',
  projectName: '示例项目',
  corpCode: '91450000TEST000001',
  corpName: '示例建筑公司',
  teamName: '钢筋一班',
  workType: '030',
};

function card(number: string, pictureBytes: number): SealedDraft['card'] {
  return {
    fields: {
      kind: 'mainland',
      name: sampleName,
      sexCode: '1',
      ethnicCode: '08',
      ethnicGroup: '壮',
      birth: '1990-01-01',
      address: '某省某市示例路1号',
      number,
      authority: '某市公安局',
      validFrom: '2020-01-01',
      validTo: { kind: 'long-term' },
    },
    portrait: { state: 'decoded', png: picture(pngStart, pictureBytes), width: 102, height: 126, simulated: true },
    nativePlace: { code: '459999', level: 'unknown', name: '', abolished: false },
    findings: [],
    ageYears: 36,
    samNumber: '00.00-00000000-0000000000-0000000000',
    transport: 'serial',
    readAt: '2026-11-02T01:00:00.000Z',
    readMs: 900,
  };
}

const photo = (pictureBytes: number): SealedDraft['photo'] => ({
  jpeg: picture(jpegStart, pictureBytes),
  width: 358,
  height: 441,
  profile: 'sample',
  profileVersion: '1',
  checks: [{ name: 'yaw', status: 'pass', value: 1.5, maximum: 10, unit: 'degree' }],
  attempt: 1,
  takenBy: 'automatic',
});

/** A complete enrolment of nobody: three pictures of 40 kB or as many bytes as given, new ones each time. */
export function sampleDraft(number = sampleNumber, pictureBytes = 40_000): SealedDraft {
  return {
    id: randomUUID(),
    startedAt: '2026-11-02T01:00:00.000Z',
    team: sampleTeam,
    card: card(number, pictureBytes),
    consent: {
      textVersion: '1',
      faceData: true,
      provisionToPlatform: true,
      signature: picture(pngStart, pictureBytes),
      givenAt: '2026-11-02T01:00:10.000Z',
    },
    photo: photo(pictureBytes),
    comparison: { kind: 'compared', band: 'match', distance: 0.31, frames: 3, engine: 'sample', verifyMs: 20 },
    fields: { workType: '030', cellPhone: '13800000000', cultureLevelType: '03', politicsType: '13' },
  };
}

/** The n-th sample draft, each with a number of its own. */
export function numberedDraft(index: number): SealedDraft {
  return sampleDraft(`45999919900101${String(index).padStart(4, '0')}`);
}

export const sampleKey = new Uint8Array(32).map((_, index) => index * 7 + 1);

/** A folder of its own under the system's temporary one. */
export function temporaryFolder(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-store-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
