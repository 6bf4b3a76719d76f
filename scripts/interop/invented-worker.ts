import { randomInt } from 'node:crypto';
import sharp from 'sharp';
import type { TeamUpload, WorkerUpload } from '../../native-bridge/platform/connector.ts';
import { checkCharacter } from '../../native-bridge/enrolment/id-number.ts';
import { chinaTime } from '../../native-bridge/platform/driver/china-time.ts';

/** A number that cannot belong to anyone, since the division 459999 was never given out; another one at each run. */
function inventedNumber(): string {
  const year = 1960 + randomInt(45);
  const digits = `459999${year}0101${String(randomInt(1000)).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

/** A worker of the team, with two plain grey pictures. */
export async function inventedWorker(team: TeamUpload, teamSysNo: number): Promise<WorkerUpload> {
  const background = { r: 120, g: 140, b: 160 };
  const picture = await sharp({ create: { width: 358, height: 441, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return {
    ...team,
    teamSysNo,
    workerName: '韦试样',
    isTeamLeader: false,
    idCardType: '01',
    idCardNumber: inventedNumber(),
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
  };
}
