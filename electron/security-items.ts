/*
 * What the tests of both shells' security are named after. Every name here has at least one test of that name; the report
 * that `npm run security-report` makes of their results knows no other list.
 */

/** The twenty items of Electron's own security page, in its order. */
export const electronItems = [
  'only secure content is loaded',
  'no Node.js integration for a page',
  'context isolation is on',
  'process sandboxing is on',
  'permission requests and checks are handled',
  'web security is not disabled',
  'a content security policy is set',
  'insecure content is not allowed',
  'experimental features are off',
  'no Blink features are enabled',
  'no popups from a webview',
  'no webview is attached',
  'navigation is limited',
  'new windows are denied',
  'nothing untrusted is opened outside',
  'a current version of Electron is used',
  'the sender of every message is checked',
  'no file protocol, a scheme of our own',
  'fuses are set',
  'no Electron API reaches the page',
] as const;

/** Name of the group of tests of an item, 1 to 20. */
export const electronItem = (number: number): string =>
  `Electron ${number}: ${electronItems[number - 1] ?? 'no such item'}`;

/** Each fuse and whether a package has it on. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

export type FuseName = keyof typeof fuses;

export const fuseItem = (name: FuseName): string => `Fuse ${name}: ${fuses[name] ? 'on' : 'off'}`;

/** What our Electron shell does beyond that page. */
export const shellItems = [
  'one instance for one data folder',
  'no request leaves the program',
  'downloads are files of our own page',
  'no developer tools in a package',
  'the key store is recorded and its change told',
  'the station learns of sleep and of a locked screen',
  'a closed window locks the desk, or ends the program',
  'the end waits until everything is put away',
  'a crashed page or bridge begins anew',
  'updates are signed, and off without an address',
] as const;
export const shellItem = (name: (typeof shellItems)[number]): string => `Electron shell: ${name}`;

export const browserItems = [
  'loopback only, on a random port',
  'a token opens one session, once',
  'the session cookie is out of scripts’ reach',
  'another host name is refused',
  'another origin is refused',
  'another local page is refused',
  'a strict policy on every answer',
  'no way out of the page’s files',
  'no method but reading',
  'oversized and malformed messages do no harm',
  'slow requests and too many connections are cut off',
  'an idle session ends',
] as const;
export const browserItem = (name: (typeof browserItems)[number]): string => `Browser shell: ${name}`;

export const platformItems = ['TLS 1.2 at least', 'a pinned certificate is demanded'] as const;
export const platformItem = (name: (typeof platformItems)[number]): string => `Platform connection: ${name}`;

/** Everything that the report wants a result for, in its order. */
export const everyItem: readonly string[] = [
  ...electronItems.map((_, index) => electronItem(index + 1)),
  ...(Object.keys(fuses) as FuseName[]).map(fuseItem),
  ...shellItems.map(shellItem),
  ...browserItems.map(browserItem),
  ...platformItems.map(platformItem),
];
