import { expect, type Locator, type Page } from '@playwright/test';

/*
 * Times of the keystroke-level model (Card, Moran & Newell, 1980), in seconds: a key of somebody who does not type for a
 * living, a look at the screen that ends in a decision, the hand that comes back to the keyboard.
 */
const keySeconds = 0.28;
const decisionSeconds = 1.35;
const homingSeconds = 0.4;

/** One thing that the operator does, and how the keyboard does it. */
interface Deed {
  readonly name: string;
  readonly keys: number;
  /** Typed fields depend on the person and are left out of the sum. */
  readonly typed: boolean;
  /** What the operator waited for the machine before it, in seconds. */
  readonly machineSeconds: number;
}

/** The model's time for a deed: one decision, the hand on its way, and the keys. */
const secondsOf = ({ keys }: Deed) => homingSeconds + decisionSeconds + keys * keySeconds;

/** Somebody who enrols without a mouse, and finds the focus where the next key goes. */
export class KeyboardOperator {
  readonly #page: Page;
  readonly #deeds: Deed[] = [];
  #since = performance.now();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Lets the page note whether a mouse was used in it. */
  async putMouseAway(): Promise<void> {
    await this.#page.evaluate(
      "addEventListener('pointerdown', () => (document.documentElement.dataset.mouseUsed = 'yes'), true)",
    );
  }

  /** The machine's part: from now on it is waited for. */
  begin(): void {
    this.#since = performance.now();
  }

  /** Presses keys once the place they go to has the focus, and shows that it has. */
  async press(name: string, focused: Locator, ...keys: readonly string[]): Promise<void> {
    await this.#ready(focused);
    const machineSeconds = this.#waited();
    for (const key of keys) await this.#page.keyboard.press(key);
    this.#note({ name, keys: keys.length, typed: false, machineSeconds });
  }

  /** Types what only the person knows, into the field that has the focus already, and goes on. */
  async type(name: string, field: Locator, text: string, goOn: string): Promise<void> {
    await this.#ready(field);
    const machineSeconds = this.#waited();
    await this.#page.keyboard.type(text);
    await this.#page.keyboard.press(goOn);
    this.#note({ name, keys: text.length + 1, typed: true, machineSeconds });
  }

  /** Seconds of the operator's deeds, typed fields left out. */
  get seconds(): number {
    return this.#deeds.filter(({ typed }) => !typed).reduce((sum, deed) => sum + secondsOf(deed), 0);
  }

  get keys(): number {
    return this.#deeds.filter(({ typed }) => !typed).reduce((sum, { keys }) => sum + keys, 0);
  }

  async usedMouse(): Promise<boolean> {
    return (await this.#page.locator('html').getAttribute('data-mouse-used')) !== null;
  }

  /** The deeds in order, with what the model gives for each and what the machine took before it. */
  breakdown(): string {
    const lines = this.#deeds.map((deed) => {
      const operator = deed.typed ? 'typed' : `${secondsOf(deed).toFixed(2)} s`;
      return `${deed.name.padEnd(24)} ${String(deed.keys).padStart(4)} keys ${operator.padStart(8)}   machine ${deed.machineSeconds.toFixed(2)} s`;
    });
    return [
      ...lines,
      `${'operator'.padEnd(24)} ${String(this.keys).padStart(4)} keys ${this.seconds.toFixed(2)} s`,
    ].join('\n');
  }

  async #ready(focused: Locator): Promise<void> {
    await expect(focused).toBeFocused({ timeout: 40_000 });
    await expect(focused.and(this.#page.locator(':focus-visible'))).toHaveCount(1);
  }

  #waited(): number {
    return (performance.now() - this.#since) / 1000;
  }

  #note(deed: Deed): void {
    this.#deeds.push(deed);
    this.begin();
  }
}
