import { z } from 'zod';
import type { Page } from '@playwright/test';

/** What stands before the camera. */
export interface CameraSetting {
  /** Film for the file-fed camera; without one there is no camera. */
  readonly film?: string;
  /** Whether the page may use the camera; true unless said otherwise. */
  readonly allowCamera?: boolean;
}

/** The program in one of its shells, on a data folder of its own. */
export interface ProgramUnderTest {
  /** Opens the station's page; starts the program, with further switches, when it is not running. */
  open(camera: CameraSetting, switches?: readonly string[]): Promise<Page>;
  /** Closes what the operator sees; what is in work stays in the store. */
  closeWindow(): Promise<void>;
  /** Ends the program as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Practice devices of the running station. */
  devices(): ReadyLine;
}

/** The one line that `--print-address` promises; a station of a real project, or one that is closed, has no practice devices. */
export const readyLineSchema = z.object({
  pid: z.number(),
  url: z.url().optional(),
  practiceControl: z.url().optional(),
  sandbox: z.url().optional(),
});
export type ReadyLine = z.infer<typeof readyLineSchema>;

export const programOptions = (dataFolder: string): readonly string[] => [
  '--print-address',
  '--data-folder',
  dataFolder,
  '--practice-control-port',
  '0',
];

/** The ready line among what a program prints. */
export async function readReadyLine(lines: AsyncIterable<string>): Promise<ReadyLine> {
  for await (const line of lines) {
    const ready = readyLineSchema.safeParse(line.startsWith('{') ? JSON.parse(line) : undefined);
    if (ready.success) return ready.data;
  }
  throw new Error('the program ended before it was ready');
}

/** Chromium's switches, the same in a browser and in Electron. */
export function chromiumSwitches({ film, allowCamera = true }: CameraSetting): readonly string[] {
  const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    ...(isRootOnLinux ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    allowCamera ? '--use-fake-ui-for-media-stream' : '--deny-permission-prompts',
    ...(film === undefined ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]),
  ];
}
