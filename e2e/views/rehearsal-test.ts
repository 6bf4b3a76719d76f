import { test as base } from '@playwright/test';
import { openRehearsal, type Rehearsal } from './rehearsal.ts';

/** A busy machine takes its time for the page's build, which is made once. */
const buildingMs = 5 * 60_000;

/** Tests on the scripted station's page. */
export const test = base.extend<object, { rehearsal: Rehearsal }>({
  rehearsal: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are wanted off this pattern
    async ({}, use) => {
      const rehearsal = await openRehearsal();
      await use(rehearsal);
      await rehearsal.close();
    },
    { scope: 'worker', timeout: buildingMs },
  ],
});

export const expect = base.expect;
