import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, test as base } from '@playwright/test';
import { keepPrinted } from '../scripts/leaks/collect.ts';
import { BrowserProgram } from './devices/browser-program.ts';
import { ElectronProgram } from './devices/electron-program.ts';
import { PracticeReader } from './devices/practice-reader.ts';
import { SandboxPlatform } from './devices/sandbox-platform.ts';
import type { CameraSetting, ProgramUnderTest } from './devices/shell.ts';
import { type FilmName, openStudio, type Studio } from './devices/studio.ts';
import { EnrolPage } from './pages/enrol-page.ts';
import { FirstRunPage } from './pages/first-run-page.ts';

/** A whole desk: the program on its own data folder, its camera, virtual reader and sandbox platform. */
export class Desk {
  readonly studio: Studio;
  readonly consoleErrors: string[] = [];
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-e2e-'));
  readonly #program: ProgramUnderTest;

  constructor(studio: Studio) {
    this.studio = studio;
    const isElectron = process.env['SHELL_UNDER_TEST'] === 'electron';
    this.#program = isElectron ? new ElectronProgram(this.dataFolder) : new BrowserProgram(this.dataFolder);
  }

  get reader(): PracticeReader {
    return new PracticeReader(this.#program.devices().practiceControl);
  }

  get platform(): SandboxPlatform {
    return new SandboxPlatform(this.#program.devices().sandbox);
  }

  /** Opens the station's page with a film before the camera, or without a camera. */
  async sitDown(film: FilmName | undefined, setting: Omit<CameraSetting, 'film'> = {}): Promise<EnrolPage> {
    const camera = { ...setting, ...(film !== undefined && { film: this.studio.film(film) }) };
    const page = await this.#open(camera);
    const enrol = new EnrolPage(page);
    await enrol.screen.waitFor();
    return enrol;
  }

  /** Opens the station's page, whatever it shows first. */
  arrive(): Promise<Page> {
    return this.#open({ film: this.studio.film('empty') });
  }

  /** Opens a new station, which asks to be set up. */
  async unpack(film: FilmName): Promise<FirstRunPage> {
    return new FirstRunPage(await this.#open({ film: this.studio.film(film) }, '--first-run'));
  }

  /** Lays a practice card that carries one of the sitters' portraits. */
  async layCard(person: string, sitter: 'first' | 'second'): Promise<void> {
    await this.reader.lay(person, await this.studio.portrait(sitter));
  }

  closeWindow(): Promise<void> {
    return this.#program.closeWindow();
  }

  /** The program ends as if the power had gone; the next `sitDown` starts it on the same data. */
  async powerCut(): Promise<void> {
    await this.#program.kill();
    await this.#program.closeWindow();
  }

  async close(): Promise<void> {
    await this.#program.stop();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #open(camera: CameraSetting, ...switches: readonly string[]): Promise<Page> {
    const page = await this.#program.open(camera, switches);
    this.#listen(page);
    return page;
  }

  /** Whatever a browser logs as an error is a fault of ours, unless the program was ended on purpose. */
  #listen(page: Page): void {
    page.on('pageerror', (error) => this.consoleErrors.push(error.message));
    page.on('pageerror', ({ message }) => keepPrinted(message));
    page.on('console', (message) => {
      keepPrinted(message.text());
      const isOurs = message.type() === 'error' && !/WebSocket connection|ERR_CONNECTION_REFUSED/.test(message.text());
      if (isOurs) this.consoleErrors.push(message.text());
    });
  }
}

/** A busy machine takes minutes for the films, which are made once. */
const filmingMs = 10 * 60_000;

export const test = base.extend<{ desk: Desk }, { studio: Studio }>({
  studio: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are wanted off this pattern
    async ({}, use) => use(await openStudio()),
    { scope: 'worker', timeout: filmingMs },
  ],
  desk: async ({ studio }, use) => {
    const desk = new Desk(studio);
    await use(desk);
    await desk.close();
    base.expect(desk.consoleErrors).toEqual([]);
  },
});

export const expect = base.expect;
