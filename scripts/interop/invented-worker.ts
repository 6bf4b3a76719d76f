import { randomInt } from 'node:crypto';
import sharp from 'sharp';
import type { TeamUpload, WorkerUpload } from '../../native-bridge/platform/connector.ts';
import { checkCharacter } from '../../native-bridge/enrolment/id-number.ts';
import { chinaTime } from '../../native-bridge/platform/driver/china-time.ts';

/** All invented workers are called so, with one more character. */
export const inventedName = '韦试样';

/** A number that cannot belong to anyone, since the division 459999 was never given out. */
function inventedNumber(year: number, sequence: number): string {
  const digits = `459999${year}0101${String(sequence).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

/** Workers of the team, each with two plain grey pictures; others at each run. */
export async function inventedWorkers(team: TeamUpload, teamSysNo: number, count: number): Promise<WorkerUpload[]> {
  const background = { r: 120, g: 140, b: 160 };
  const picture = await sharp({ create: { width: 358, height: 441, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const year = 1970 + randomInt(30);
  const first = randomInt(1000 - count);
  return Array.from({ length: count }, (_, index) => ({
    ...team,
    teamSysNo,
    workerName: `${inventedName}${'甲乙丙丁戊己庚辛壬癸子丑'[index % 12]}`,
    isTeamLeader: false,
    idCardType: '01',
    idCardNumber: inventedNumber(year, first + index),
    workType: '020',
    workRole: 20,
    nation: '壮',
    address: '示例市示例路1号',
    headImage: picture,
    issueCardPic: picture,
    issueCardDate: chinaTime(Date.now(), 'yyyy-MM-dd'),
    politicsType: '13',
    cellPhone: '13800000000',
    cultureLevelType: '02',
    grantOrg: '示例市公安局',
    startDate: '2020-01-01',
    expiryDate: undefined,
    facesMatch: true,
  }));
}
