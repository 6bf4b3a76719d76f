import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ProjectConnection } from '../../native-bridge/contract/station.ts';
import { startSandbox, type Sandbox } from '../../native-bridge/platform/sandbox/sandbox.ts';
import { type Desk, type Run, runDesk } from './desk-run.ts';
import { FileSteps } from './file-steps.ts';
import { Ledger } from './ledger.ts';
import type { Plan, Said } from './plan.ts';

/** What all rounds share: the platform, the pictures, and numbers that never come twice. */
export interface Setting {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly connection: ProjectConnection;
  readonly portrait: string;
  readonly photo: string;
  nextIndex: number;
  /** Every point at which a desk was seen to stand, with how often one was killed there. */
  readonly points: Map<string, number>;
  readonly fileSteps: FileSteps;
}

/** A photo of about 30 kB: noise compresses as badly as a face. */
async function makePictures(folder: string): Promise<{ portrait: string; photo: string }> {
  const grey = { r: 120, g: 140, b: 160 };
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  const create = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: grey, noise } });
  const portrait = join(folder, 'portrait.png');
  const photo = join(folder, 'photo.jpg');
  writeFileSync(portrait, await create(102, 126).png().toBuffer());
  writeFileSync(photo, await create(358, 441).jpeg({ quality: 60 }).toBuffer());
  return { portrait, photo };
}

export async function openSetting(): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-faults-'));
  const sandbox = await startSandbox({ asyncDelayMs: 3 });
  const account = sandbox.accounts[0];
  const project = account?.projects[0];
  const corp = project?.corps[0];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const { appid, secret } = account;
  const { projectCode } = project;
  const access = { driver: 'national', dialect: 'national', url: sandbox.url, appid, secret } as const;
  const connection = { ...access, projectCode, projectName: '示例项目', ...corp };
  return {
    folder,
    sandbox,
    connection,
    ...(await makePictures(folder)),
    nextIndex: 0,
    points: new Map(),
    fileSteps: new FileSteps(folder),
  };
}

export async function closeSetting({ folder, sandbox }: Setting): Promise<void> {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** One data folder with everything that was promised about it. */
export class Round {
  readonly setting: Setting;
  readonly dataFolder: string;
  readonly key: Uint8Array = new Uint8Array(randomBytes(32));
  readonly ledger: Ledger;
  /** The platform gets to know the team of every round anew. */
  readonly #teamName: string;

  /** Without a `dataFolder` the round makes one of its own. */
  constructor(setting: Setting, dataFolder = join(setting.folder, `round-${setting.nextIndex}`)) {
    this.setting = setting;
    this.dataFolder = dataFolder;
    mkdirSync(dataFolder, { recursive: true });
    this.#teamName = `钢筋${setting.nextIndex}班`;
    this.ledger = new Ledger(dataFolder, this.key);
  }

  get file(): string {
    return join(this.dataFolder, 'station.db');
  }

  /** Runs a desk here; what it promises is noted. Its new workers get numbers that nobody had before. */
  async run(change: Partial<Plan>, onSaid: (line: Said, desk: Desk) => void = () => undefined): Promise<Run> {
    const { connection, portrait, photo, points } = this.setting;
    const plan: Plan = {
      dataFolder: this.dataFolder,
      key: Buffer.from(this.key).toString('hex'),
      connection,
      teamName: this.#teamName,
      portrait,
      photo,
      firstIndex: this.setting.nextIndex,
      enrolments: 0,
      clockOffsetMs: 0,
      drain: true,
      ...change,
    };
    this.setting.nextIndex += plan.enrolments;
    return runDesk(plan, (line, desk) => {
      this.ledger.hear(line);
      if (line.said === 'point' && !points.has(line.point)) points.set(line.point, 0);
      onSaid(line, desk);
    });
  }

  /** Delivers everything without any trouble, and erases the folder. */
  async finish(): Promise<{ readonly lost: number; readonly twice: number; readonly complaints: readonly string[] }> {
    this.setting.sandbox.clearFaults();
    const { ending } = await this.run({});
    const complaints = ending === 'done' ? [] : [`the last delivery ended ${ending}`];
    complaints.push(...this.ledger.inspect());
    const compared = await this.ledger.compare(this.setting.sandbox);
    rmSync(this.dataFolder, { recursive: true, force: true });
    return { ...compared, complaints };
  }
}
