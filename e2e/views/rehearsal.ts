import type { Browser, Page } from '@playwright/test';
import { build, preview } from 'vite';
import { z } from 'zod';
import { nonceMark, securityHeaders } from '../../electron/page-response.ts';
import type { View } from './views.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

const configFile = 'vite.config.ts';

/**
 * The shells' own policy, so that a view that needs more than they allow is complained of. What their page may not do is kept
 * here: hundreds of loads of one build would read its programs anew each time.
 */
const headers = { ...securityHeaders(nonceMark, undefined), 'Cache-Control': 'max-age=3600' };
/** A busy machine takes longer than the library's own half minute for a page that nobody waits at. */
const patienceMs = 120_000;

/** The browser names its film's camera by the film's path on this machine, which nobody else is to read in a picture. */
const cameraName = 'HD USB Camera (1234:abcd)';
const nameCamera = `for (const { prototype } of [MediaDeviceInfo, MediaStreamTrack]) {
  const { get } = Object.getOwnPropertyDescriptor(prototype, 'label');
  Object.defineProperty(prototype, 'label', {
    configurable: true,
    get() {
      const label = get.call(this);
      return this.kind.startsWith('video') && label !== '' ? ${JSON.stringify(cameraName)} : label;
    },
  });
}`;

const overflowSchema = z.object({ sideways: z.number(), down: z.number() });

/** A browser page for the scripted station in one language and one size. */
export class RehearsalPage {
  readonly page: Page;
  /** What the browser and React complained of. */
  readonly complaints: string[] = [];
  readonly #address: string;

  constructor(page: Page, address: string) {
    this.page = page;
    this.#address = address;
    page.setDefaultTimeout(patienceMs);
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
  }

  /** Shows one view from its beginning. */
  async show({ scenario, open }: View): Promise<void> {
    await this.page.goto(`${this.#address}rehearsal/index.html?scenario=${scenario}`);
    await this.page.locator('#root > *').first().waitFor();
    await open(this.page);
    await this.page.evaluate('pageMeasures.fontsLoaded()');
    await this.page.evaluate('pageMeasures.picturesShown()');
  }

  async words(): Promise<readonly string[]> {
    return z.array(z.string()).parse(await this.page.evaluate('pageMeasures.words()'));
  }

  /** By how many pixels the page is larger than its window. */
  async overflow(): Promise<z.infer<typeof overflowSchema>> {
    return overflowSchema.parse(await this.page.evaluate('pageMeasures.overflow()'));
  }

  /** Parts that lie over one another, and parts that are cut. */
  async partFaults(): Promise<readonly string[]> {
    return z.array(z.string()).parse(await this.page.evaluate('pageMeasures.partFaults()'));
  }

  async resize(size: Size): Promise<void> {
    await this.page.setViewportSize(size);
    await this.page.evaluate('pageMeasures.settled()');
  }
}

export interface Rehearsal {
  page(browser: Browser, language: Language, size: Size): Promise<RehearsalPage>;
  close(): Promise<void>;
}

/** Builds the page with the scripted station and serves it on this machine alone. */
export async function openRehearsal(): Promise<Rehearsal> {
  await build({ configFile, mode: 'rehearsal', logLevel: 'error' });
  const server = await preview({
    ...{ configFile, mode: 'rehearsal', logLevel: 'error' },
    preview: { host: '127.0.0.1', port: 0, strictPort: true, headers },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('the rehearsal page is not served');
  return {
    page: async (browser, language, viewport) => {
      const value = JSON.stringify({ language, sounds: false, speech: false, largeText: false });
      const localStorage = [{ name: 'enrol-desk.preferences', value }];
      const storageState = { cookies: [], origins: [{ origin: new URL(address).origin, localStorage }] };
      const context = await browser.newContext({ viewport, storageState, permissions: ['camera'] });
      await context.addInitScript(nameCamera);
      return new RehearsalPage(await context.newPage(), address);
    },
    close: () => server.close(),
  };
}
