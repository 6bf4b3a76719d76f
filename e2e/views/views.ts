import type { Page } from '@playwright/test';

/** One screen in one of its states: what the scripted station tells, and what the operator does then. */
export interface View {
  readonly name: string;
  readonly scenario: string;
  readonly open: (page: Page) => Promise<void>;
}

type Step = (page: Page) => Promise<void>;

const press =
  (testId: string): Step =>
  (page) =>
    page.getByTestId(testId).first().click();

const see =
  (testId: string): Step =>
  (page) =>
    page.getByTestId(testId).first().waitFor();

const bringUp =
  (testId: string): Step =>
  (page) =>
    page.getByTestId(testId).first().scrollIntoViewIfNeeded();

const inTurn =
  (...steps: readonly Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page);
  };

const nothing: Step = () => Promise.resolve();

/** With the worker before the camera. */
const atCamera = (scenario: string): View => ({ name: `enrol-${scenario}`, scenario, open: see('prompt') });

const enrol = (scenario: string): View => ({ name: `enrol-${scenario}`, scenario, open: see('frame') });

function screen(name: string, scenario: string, shown: string, ...steps: readonly Step[]): View {
  const [area = name] = name.split('-');
  return { name, scenario, open: inTurn(press(`nav-${area}`), see(shown), ...steps) };
}

const chooseMember: Step = (page) => page.getByTestId('team-member').first().getByRole('checkbox').check();

/** What is reported of a member of a team. */
const ofMember = (deed: string, dialog: string): View =>
  screen(
    `teams-${deed}`,
    'waiting',
    'team-row',
    press('team-row'),
    chooseMember,
    press(`report-${deed}`),
    see(`${dialog}-dialog`),
  );

const chartsDrawn: Step = (page) => page.locator('.chart canvas').nth(4).waitFor();

const showTable: Step = (page) => page.getByTestId('reports-shape').locator('label').last().click();

/** Everybody is chosen and looked at on this paper, with all the pictures there. */
export const printing = (paper: string): readonly Step[] => [
  press('workers-choose-all'),
  see('workers-chosen'),
  press('workers-print'),
  see('print-preview'),
  press(`print-${paper}`),
  (page) => page.locator('[data-testid=print-go]:enabled').waitFor(),
];

/** The system's dialog would wait for a person; the page is told that it is closed. */
export const testPage: readonly Step[] = [
  (page) => page.evaluate('window.print = () => window.dispatchEvent(new Event("afterprint"))'),
  (page) => page.getByTestId('printer-section').getByRole('button').first().click(),
  see('printer-question'),
];

/** As a scanner sends it, key after key without a pause; the number is nobody's. */
const scanned: readonly Step[] = [
  press('scanner-field'),
  (page) => page.keyboard.type('6222000000000009'),
  (page) => page.keyboard.press('Enter'),
];

/** The scripted station reads nothing of it. */
const chooseList: Step = (page) =>
  page
    .getByTestId('list-file')
    .setInputFiles({ name: '班组.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK') });

const closed = (scenario: string): View => ({ name: `recovery-${scenario}`, scenario, open: nothing });

const atTheDoor = (scenario: string): View => ({ name: scenario, scenario, open: see('sign-in-screen') });

const enrolScenarios = [
  ...['waiting', 'reading', 'lift', 'searching', 'reader-trouble', 'offline-waiting', 'practice-waiting'],
  ...['consent', 'no-portrait', 'under-age', 'age-certificate', 'black-listed', 'training-due', 'enrolled'],
  ...['exception', 'match', 'ready', 'review', 'no-match', 'cannot', 'decided'],
  ...['found-face', 'disagreeing', 'gate-warns', 'gate-closed', 'restored'],
];

const firstRunScenarios = [
  ...['language', 'account', 'recovery-key', 'reader', 'reader-found'],
  ...['camera', 'project', 'project-without-account', 'again'],
].map((step) => `first-run-${step}`);

/** Every screen in its states, in the order of the navigation. */
export const views: readonly View[] = [
  ...enrolScenarios.map(enrol),
  {
    name: 'enrol-consent-attested',
    scenario: 'consent-required',
    open: inTurn(see('signing'), (page) => page.getByRole('radio').nth(2).check()),
  },
  ...['capture', 'take-best', 'practice-capture'].map(atCamera),
  {
    name: 'help',
    scenario: 'waiting',
    open: inTurn(see('frame'), (page) => page.keyboard.press('F1'), see('operator-guide')),
  },
  { name: 'whole-team', scenario: 'whole-team', open: inTurn(press('expected-open'), see('expected-bar')) },
  {
    name: 'team-dialog',
    scenario: 'waiting',
    open: inTurn(see('frame'), (page) => page.keyboard.press('F2'), see('team-option')),
  },
  screen('queue', 'waiting', 'queue-screen'),
  screen('queue-offline', 'offline-waiting', 'queue-screen'),
  screen('queue-paused', 'paused', 'delivery-paused'),
  screen('queue-pausing', 'paused-lately', 'delivery-paused'),
  screen('queue-empty', 'empty', 'queue-empty'),
  screen('queue-record', 'waiting', 'queue-screen', press('open-record'), see('record-detail')),
  screen('queue-export', 'waiting', 'queue-screen', press('open-export'), see('export-form')),
  screen('queue-exporting', 'exporting', 'queue-screen', press('open-export'), see('transfer-cancel')),
  screen('queue-importing', 'importing', 'queue-screen', press('open-import'), see('transfer-stop')),
  screen(
    'queue-import-stopped',
    'importing',
    'queue-screen',
    press('open-import'),
    press('transfer-stop'),
    see('transfer-done'),
  ),
  screen('queue-import', 'waiting', 'queue-screen', press('open-import'), see('import-dialog')),
  screen('queue-exporting-closed', 'works-left', 'transfer-notice'),
  screen('queue-conflicts', 'conflicts', 'conflict-notice'),
  screen('workers', 'waiting', 'workers-screen', see('worker-row')),
  screen('workers-detail', 'waiting', 'worker-row', press('worker-row'), see('worker-detail')),
  screen('workers-exporting', 'held-writing', 'worker-row', press('workers-export'), see('workbook-progress')),
  screen('workers-exporting-left', 'works-left', 'worker-row', see('workbook-progress')),
  screen('workers-empty', 'empty', 'workers-empty'),
  screen('workers-print', 'eleven-workers', 'worker-row', ...printing('badges')),
  screen('workers-print-register', 'eleven-workers', 'worker-row', ...printing('register')),
  screen('workers-print-consents', 'print-unsigned', 'worker-row', ...printing('consents')),
  screen(
    'workers-print-failed',
    'print-broken',
    'worker-row',
    press('worker-mark'),
    press('workers-print'),
    see('print-failed'),
  ),
  screen('teams', 'waiting', 'team-row'),
  screen('teams-detail', 'waiting', 'team-row', press('team-row'), see('team-detail')),
  screen('teams-compare', 'waiting', 'team-row', press('teams-compare'), see('compare-dialog')),
  screen('teams-adding', 'waiting', 'team-row', press('teams-add'), see('team-form')),
  screen('teams-company', 'waiting', 'team-row', press('teams-company'), see('company-dialog')),
  ofMember('entry', 'passage'),
  ofMember('contract', 'contract'),
  ofMember('training', 'training'),
  screen('teams-importing', 'held-reading', 'team-row', press('teams-import'), chooseList, see('workbook-progress')),
  screen(
    'teams-import-opening',
    'held-opening',
    'team-row',
    press('teams-import'),
    chooseList,
    see('workbook-progress'),
  ),
  screen('teams-empty', 'no-teams', 'teams-empty'),
  screen('teams-reports', 'waiting', 'teams-screen', press('teams-tab-reports'), see('report')),
  screen('devices', 'waiting', 'reader-card'),
  screen('devices-none', 'no-readers', 'camera-section'),
  screen('devices-printer', 'printer-faulty', 'printer-section', ...testPage, bringUp('printer-question')),
  screen('devices-scanner', 'printer-faulty', 'scanner-field', ...scanned, bringUp('scanner-told')),
  screen('devices-scanner-empty', 'waiting', 'scanner-section', bringUp('scanner-section')),
  screen(
    'devices-examined',
    'waiting',
    'devices-screen',
    press('examine'),
    see('diagnostic-log'),
    bringUp('diagnostic-log'),
  ),
  screen(
    'devices-examining',
    'held-checks',
    'devices-screen',
    press('examine'),
    see('step-cancel'),
    bringUp('diagnostic-log'),
  ),
  screen(
    'devices-examination-cancelled',
    'held-checks',
    'devices-screen',
    press('examine'),
    press('step-cancel'),
    see('examined'),
    bringUp('diagnostic-log'),
  ),
  screen('devices-self-test', 'waiting', 'reader-card', press('self-test'), see('self-test-report')),
  screen('devices-self-testing', 'held-checks', 'reader-card', press('self-test'), see('step-cancel')),
  screen(
    'devices-self-test-cancelled',
    'held-checks',
    'reader-card',
    press('self-test'),
    press('step-cancel'),
    see('self-test-report'),
  ),
  screen('devices-left', 'works-left', 'self-test-running', see('step-cancel')),
  screen('reports', 'waiting', 'reports-screen', chartsDrawn),
  screen(
    'reports-exporting',
    'report-held',
    'reports-screen',
    chartsDrawn,
    press('reports-export'),
    see('workbook-progress'),
  ),
  screen('reports-table', 'waiting', 'figure-tiles', showTable, see('figures')),
  screen('reports-empty', 'no-figures', 'reports-empty'),
  screen('reports-failed', 'figures-broken', 'reports-failed'),
  screen('review', 'reviews', 'review-detail', see('review-approve')),
  screen('review-empty', 'waiting', 'review-screen'),
  screen('settings', 'waiting', 'safety-settings'),
  screen('settings-as-operator', 'as-operator', 'settings-screen'),
  screen('settings-without-accounts', 'without-accounts', 'first-password'),
  ...['sign-in', 'new-password', 'first-account'].map(atTheDoor),
  {
    name: 'sign-in-wait',
    scenario: 'sign-in-wait',
    open: inTurn(
      (page) => page.locator('input[type=password]').fill('not-the-password'),
      press('sign-in'),
      see('sign-in-refusal'),
    ),
  },
  screen('settings-away', 'backup-away', 'limit-settings'),
  screen('settings-backup', 'backup-away', 'safety-settings', bringUp('backup-progress')),
  ...['newest', 'fetching', 'waiting', 'failed', 'cancelled'].map((state) =>
    screen(`settings-updates-${state}`, `updates-${state}`, 'update-settings', bringUp('update-settings')),
  ),
  screen('settings-rekey', 'backup-away', 'safety-settings', press('rekey'), see('rekey-dialog')),
  screen(
    'settings-rekeying',
    'waiting',
    'safety-settings',
    press('rekey'),
    (page) => page.getByTestId('rekey-dialog').locator('button[type=submit]:enabled').click(),
    see('recovery-step'),
  ),
  screen('settings-recovery-key', 'waiting', 'safety-settings', press('recovery-key-make'), see('recovery-key-text')),
  screen('settings-place', 'backup-away', 'safety-settings', press('backup-place'), see('backup-place-dialog')),
  ...firstRunScenarios.map((scenario) => ({ name: scenario, scenario, open: see('first-run') })),
  {
    name: 'first-run-recovery-key-shown',
    scenario: 'first-run-recovery-key',
    open: inTurn(press('first-run-primary'), see('first-run-key')),
  },
  ...[
    'damaged',
    'damaged-without-backup',
    'key-lost',
    'disk-full',
    'restoring',
    'restoring-last',
    'rekeying',
    'rekeying-last',
  ].map(closed),
];
