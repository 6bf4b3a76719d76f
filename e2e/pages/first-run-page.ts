import { expect, type Page } from '@playwright/test';
import type { FirstRunStep } from '../../native-bridge/contract/first-run.ts';

interface Administrator {
  readonly name: string;
  readonly password: string;
}

/** Sets up a new station, by keyboard alone. */
export class FirstRunPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async at(step: FirstRunStep): Promise<void> {
    await expect(this.page.getByTestId('first-run')).toHaveAttribute('data-step', step);
  }

  /** Takes what the step offers first. */
  async goOn(): Promise<void> {
    await expect(this.page.getByTestId('first-run-primary')).toBeFocused();
    await this.page.keyboard.press('Enter');
  }

  async nameAdministrator({ name, password }: Administrator): Promise<void> {
    await expect(this.page.getByTestId('first-name')).toBeFocused();
    for (const text of [name, password]) {
      await this.page.keyboard.type(text);
      await this.page.keyboard.press('Tab');
    }
    await this.page.keyboard.type(password);
    await this.page.keyboard.press('Enter');
  }

  /** Has the key made, writes it down, and types the group that is asked for. Resolves to the key. */
  async keepRecoveryKey(): Promise<string> {
    await this.goOn();
    const shown = this.page.getByTestId('first-run-key').getByRole('listitem');
    await expect(shown).toHaveCount(8);
    const groups = await shown.allTextContents();
    await this.goOn();
    const field = this.page.getByTestId('first-run-group');
    await expect(field).toBeFocused();
    const place = Number(await field.getAttribute('data-place'));
    await this.page.keyboard.type('WRONG');
    await this.page.keyboard.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type((groups[place - 1] ?? '').toLowerCase());
    await this.page.keyboard.press('Enter');
    return groups.join('-');
  }

  /** Types in what the platform's operator gave, has it tried, and connects. */
  async connectProject(given: Readonly<Record<string, string>>): Promise<void> {
    await this.page.getByTestId('first-run-connect').click();
    for (const [field, text] of Object.entries(given)) await this.page.getByTestId(`project-${field}`).fill(text);
    await this.page.getByTestId('test-connection').click();
    await expect(this.page.getByTestId('connection-permission')).toHaveClass(/ok/);
    await this.page.getByTestId('connect-project').click();
    await this.goOn();
  }

  async pairCamera(): Promise<void> {
    await expect(this.page.getByTestId('first-run-picture')).toHaveAttribute('data-live', 'true');
    await this.goOn();
  }
}
