import { expect, type Locator, type Page } from '@playwright/test';

export type VerdictName = 'match' | 'review' | 'no-match' | 'cannot-compare';

/** The Enrol screen as an operator uses it. */
export class EnrolPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get screen(): Locator {
    return this.page.getByTestId('enrol-screen');
  }

  get cardName(): Locator {
    return this.page.getByTestId('card-name');
  }

  get prompt(): Locator {
    return this.page.getByTestId('prompt');
  }

  get verdict(): Locator {
    return this.page.getByTestId('verdict');
  }

  get sealButton(): Locator {
    return this.page.getByTestId('seal');
  }

  /** The last records, newest first. */
  get recent(): Locator {
    return this.page.getByTestId('recent-record');
  }

  /** Ticks both consents on the worker's behalf and confirms them. */
  async consent(): Promise<void> {
    await this.page.getByTestId('consent-faceData').check();
    await this.page.getByTestId('consent-platform').check();
    await this.page.getByTestId('consent-confirm').click();
  }

  /** Waits for the automatic shot and what the comparison says. */
  async untilVerdict(verdict: VerdictName): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-verdict', verdict, { timeout: 40_000 });
  }

  /** Band and evidence of the comparison that is shown. */
  async comparison(): Promise<{ band: string | null; distance: number; verifyMs: number }> {
    const attribute = (name: string) => this.verdict.getAttribute(`data-${name}`);
    return {
      band: await attribute('verdict'),
      distance: Number(await attribute('distance')),
      verifyMs: Number(await attribute('verify-ms')),
    };
  }

  /** Fills in what the card does not give; the trade comes from the team. */
  async fillFields(): Promise<void> {
    await this.page.locator('#field-cellPhone').fill('13800000000');
    await this.#choose('cultureLevelType', '初中');
    await this.#choose('politicsType', '群众');
  }

  async seal(): Promise<void> {
    await expect(this.sealButton).toBeEnabled();
    await this.sealButton.click();
  }

  async discard(): Promise<void> {
    await this.page.getByTestId('discard').click();
    await this.page.getByTestId('discard-dialog').getByRole('button').first().click();
    await this.page.getByTestId('discard-confirm').click();
  }

  async #choose(field: string, text: string): Promise<void> {
    const input = this.page.locator(`#field-${field}`);
    await input.click();
    await input.fill(text);
    await input.press('Enter');
  }
}
