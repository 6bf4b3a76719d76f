import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { readWorkbook, writeWorkbook } from '../../native-bridge/spreadsheet/workbook-job.ts';

/** The team's list of expected workers and whole-team mode, by keyboard alone. */
export class ExpectedList {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('F3');
    await expect(this.#page.getByTestId('expected-bar')).toBeVisible();
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await expect(this.#page.getByTestId('expected-bar')).toBeHidden();
  }

  async keepTeam(): Promise<void> {
    await this.#page.getByTestId('whole-team').press('Space');
    await expect(this.#page.getByTestId('whole-team')).toHaveAttribute('aria-checked', 'true');
  }

  /** Fills in the program's own template, under its headings, and takes it. */
  async import(people: readonly Readonly<Record<string, string>>[]): Promise<void> {
    await this.#page.getByTestId('expected-import').press('Enter');
    const buffer = Buffer.from(await this.#filled(people));
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await this.#page.getByTestId('list-file').setInputFiles({ name: '名单.xlsx', mimeType, buffer });
    await expect(this.#page.getByTestId('list-row')).toHaveCount(people.length);
    await this.#page.getByRole('button', { name: `导入 ${people.length} 行` }).press('Enter');
  }

  async shows(came: number, all: number): Promise<void> {
    await expect(this.#page.getByTestId('expected-bar')).toContainText(`已到 ${came} / ${all}`);
  }

  /** Takes the first of those who are still to come off the list. */
  async removeFirst(): Promise<void> {
    await this.#page.getByTestId('expected-remove').first().press('Enter');
    await expect(this.#page.locator('.ant-modal-confirm button').last()).toBeFocused();
    await this.#page.keyboard.press('Enter');
  }

  async #filled(people: readonly Readonly<Record<string, string>>[]): Promise<Uint8Array> {
    const download = this.#page.waitForEvent('download');
    await this.#page.getByRole('button', { name: '下载模板' }).press('Enter');
    const template = await readFile(await (await download).path());
    const [titles = []] = await readWorkbook(template, 10);
    const rows = people.map((person) => titles.map((title) => person[title.replace('*', '')] ?? ''));
    return writeWorkbook([{ name: '名单', columns: titles.map((title) => ({ title, width: 20 })), rows }]);
  }
}
