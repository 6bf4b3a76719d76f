import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import {
  type CameraSetting,
  chromiumSwitches,
  programOptions,
  type ProgramUnderTest,
  type ReadyLine,
  readReadyLine,
} from './shell.ts';

const root = join(import.meta.dirname, '..', '..');

/** The product's shell, where Electron's binary is present. Its window is the page; closing it ends the program. */
export class ElectronProgram implements ProgramUnderTest {
  readonly #dataFolder: string;
  #application: ElectronApplication | undefined;
  #ready: ReadyLine | undefined;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  devices(): ReadyLine {
    if (this.#ready === undefined) throw new Error('the program is not running');
    return this.#ready;
  }

  async open(camera: CameraSetting, switches: readonly string[] = []): Promise<Page> {
    const args = [...chromiumSwitches(camera), root, ...programOptions(this.#dataFolder), ...switches];
    this.#application = await _electron.launch({ args, cwd: root, locale: 'zh-CN' });
    const { stdout } = this.#application.process();
    if (stdout === null) throw new Error('no pipe');
    this.#ready = await readReadyLine(createInterface({ input: stdout }));
    return this.#application.firstWindow();
  }

  async closeWindow(): Promise<void> {
    await this.#application?.close();
    this.#application = undefined;
  }

  async kill(): Promise<void> {
    const child = this.#application?.process();
    this.#application = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  stop(): Promise<void> {
    return this.closeWindow();
  }
}
