import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import { helperVariable } from '../../native-bridge/contract/helper-node.ts';
import { createClient } from '../../native-bridge/rpc/client.ts';
import { inProcessChannelPair } from '../../native-bridge/rpc/in-process-channel.ts';
import { type BridgeProcess, Supervisor } from '../../electron/supervisor.ts';
import type { Assembled } from './assemble.ts';

/** One thing that was tried on what would be packed. */
export interface PackStep {
  readonly step: string;
  /** What is wrong; undefined when nothing is. */
  readonly fault?: string;
}

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

/** Nothing but what every program finds on a machine: no search path that leads into the project. */
function bareEnvironment(runtime: string): NodeJS.ProcessEnv {
  const kept = ['SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'HOME', 'USERPROFILE', 'LANG', 'TZ'];
  const own = kept.map((name) => [name, process.env[name]] as const).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(own), [helperVariable]: runtime };
}

interface Packed extends Assembled {
  readonly runtime: string;
  readonly dataFolder: string;
}

function forkPacked({ runtime, archive, resources }: Packed, script: string): ChildProcess {
  return fork(join(archive, script), [], {
    execPath: runtime,
    execArgv: [],
    cwd: resources,
    env: bareEnvironment(runtime),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function bridgeOf(child: ChildProcess): BridgeProcess {
  return {
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The first lines that a process said before it ended. */
async function saidBy(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const chunk of child.stderr ?? []) said.push(String(chunk));
  return said
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 6)
    .join(' | ');
}

/** Of an import or export at the top of a module, and of one in the middle. */
const importedName = /^(?:import|export)\b[^;\n]*?["']([^"'\n]+)["'];?$|\bimport\(["']([^"'\n]+)["']\)/gm;

const packageName = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages that the bundles of a folder name. */
function namedPackages({ archive }: Assembled, folder: string): string[] {
  const texts = readdirSync(join(archive, 'dist', folder))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(archive, 'dist', folder, name), 'utf8'));
  const specifiers = texts.flatMap((text) =>
    [...text.matchAll(importedName)].map(([, at, within]) => at ?? within ?? ''),
  );
  const packages = new Set(
    // Packages that are bundled whole name Node's own modules without its prefix.
    specifiers.filter((name) => /^[@a-z]/.test(name) && !isBuiltin(name)).map(packageName),
  );
  packages.delete('electron');
  demand(packages.size > 0, `no package is named in dist/${folder}`);
  return [...packages];
}

/** Those that do not lie beside the bundles. */
const missingPackages = (packed: Assembled, folder: string): string[] =>
  namedPackages(packed, folder).filter((name) => !existsSync(join(packed.archive, 'node_modules', name)));

/** A library of the system that only some readers need; where it is missing the station does without them. */
const systemLacks = /cannot open shared object file/;

/** Loads a package the way the bridge does when it is first needed. */
async function loadPackage({ archive, runtime }: Packed, name: string): Promise<void> {
  const child = spawn(runtime, ['--input-type=module', '--eval', `await import('${name}'); process.exit(0);`], {
    cwd: archive,
    env: bareEnvironment(runtime),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = saidBy(child);
  const [code] = (await once(child, 'close')) as [number];
  demand(code === 0 || systemLacks.test(await said), `${name}: ${await said}`);
}

const demand = (isMet: boolean, fault: string) => {
  if (!isMet) throw new Error(fault);
};

/** A grey picture: the camera step must take it in and see that nobody is there. */
const emptyFrame = () =>
  sharp({ create: { width: 1280, height: 720, channels: 3, background: '#808080' } })
    .jpeg()
    .toBuffer();

async function readPracticeCard(client: StationClient): Promise<void> {
  const { cards } = await client.call('practice.cards', {});
  demand(cards.length > 0, 'there is no practice card');
  const read = new Promise<string>((resolve) => {
    client.on('card.trouble', ({ code }) => resolve(code));
    client.on('enrolment.changed', ({ enrolment }) => {
      const state = enrolment?.draft.card?.portrait.state;
      if (state !== undefined && state !== 'pending') resolve(state);
    });
  });
  await client.call('practice.lay', { name: 'adult-male-zhuang' });
  const state = await read;
  demand(state === 'decoded', `the card came to: ${state}`);
}

async function takeFrame(client: StationClient): Promise<void> {
  const { consentTextVersion: textVersion } = await client.call('station.status', {});
  await client.call('enrolment.consent', { textVersion, faceData: true, provisionToPlatform: true });
  await client.call('capture.open', {});
  const guided = client.call('capture.frame', { sequence: 0, jpeg: await emptyFrame() });
  // The frame has the models opened, and the status says more of what is wrong with them than the frame does.
  await guided.catch(() => undefined);
  const { faceTrouble } = await client.call('station.status', {});
  demand(faceTrouble === undefined, `the face engine is off: ${faceTrouble?.code ?? ''}`);
  demand(!(await guided).shot, 'an empty picture was taken for a photo');
}

async function checkStation(client: StationClient): Promise<void> {
  const status = await client.call('station.status', {});
  demand(status.practice, 'the station is not in practice mode');
  await client.call('settings.dialects', {}).then(({ dialects }) => demand(dialects.length > 0, 'no dialect'));
}

/** What a helper says when it is started, or how it ended. */
async function helperStarts(packed: Packed, script: string, job?: object): Promise<void> {
  const child = forkPacked({ ...packed, archive: packed.unpacked }, script);
  const said = saidBy(child);
  const ended = once(child, 'exit').then(async () => Promise.reject(new Error(`ended: ${await said}`)));
  try {
    const answered = once(child, 'message');
    if (job !== undefined) child.send(job);
    await Promise.race([answered, ended]);
  } finally {
    ended.catch(() => undefined);
    child.kill('SIGKILL');
  }
}

async function loadUpdater(packed: Packed): Promise<void> {
  const child = fork(join(packed.archive, 'node_modules', 'electron-updater', 'out', 'main.js'), [], {
    execPath: packed.runtime,
    execArgv: [],
    env: bareEnvironment(packed.runtime),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said = saidBy(child);
  child.disconnect();
  const [code] = (await once(child, 'exit')) as [number];
  demand(code === 0, await said);
}

function checkPage({ archive }: Assembled): void {
  const page = join(archive, 'dist', 'renderer');
  const text = readFileSync(join(page, 'index.html'), 'utf8');
  const missing = [...text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].filter(
    ([, name = '']) => !existsSync(join(page, name)),
  );
  demand(missing.length === 0, `missing: ${missing.map(([, name]) => name).join(', ')}`);
}

/** Runs the station's first steps of an enrolment on the bridge that was packed. */
async function withBridge(packed: Packed, work: (client: StationClient) => Promise<void>): Promise<void> {
  const child = forkPacked(packed, 'dist/bridge/main.js');
  const said = saidBy(child);
  const died = once(child, 'exit').then(async () => Promise.reject(new Error(`the bridge ended: ${await said}`)));
  const supervisor = new Supervisor({
    spawn: () => bridgeOf(child),
    startOptions: {
      version: 'pack-check',
      dataFolder: packed.dataFolder,
      assetsFolder: join(packed.unpacked, 'assets'),
      storeKey: new Uint8Array(32).fill(1),
      operator: 'pack-check',
    },
  });
  supervisor.start();
  try {
    const { fault } = await Promise.race([supervisor.whenServing(), died]);
    demand(fault === undefined, `the station does not open: ${fault?.code ?? ''} ${fault?.detail ?? ''}`);
    const [page, shell] = inProcessChannelPair();
    supervisor.openClient(shell);
    await Promise.race([work(createClient(page)), died]);
  } finally {
    died.catch(() => undefined);
    await supervisor.stop();
  }
}

async function tried(step: string, work: () => void | Promise<void>): Promise<PackStep> {
  try {
    await work();
    return { step };
  } catch (cause) {
    return { step, fault: cause instanceof Error ? cause.message : 'failed' };
  }
}

/** Tries everything of the packed program that runs without Electron's own. `dataFolder` is an empty folder. */
export async function checkPacked(assembled: Assembled, dataFolder: string): Promise<PackStep[]> {
  const packed: Packed = { ...assembled, dataFolder, runtime: join(assembled.resources, 'runtime', nodeName) };
  const bridge = (step: string, work: (client: StationClient) => Promise<void>) =>
    tried(step, () => withBridge(packed, work));
  const noJob = { kind: 'check', file: join(dataFolder, 'none.db'), key: new Uint8Array(32) };
  const emptySheet = { kind: 'write', sheets: [{ name: '1', columns: [], rows: [] }] };
  return [
    await tried('the page has its files', () => checkPage(packed)),
    await tried('the bundles have their packages', () => {
      const missing = ['bridge', 'electron'].flatMap((folder) => missingPackages(packed, folder));
      demand(missing.length === 0, `missing: ${missing.join(', ')}`);
    }),
    await tried('the bridge’s packages load', async () => {
      for (const name of namedPackages(packed, 'bridge')) await loadPackage(packed, name);
    }),
    await tried('the tray has its pictures', () =>
      demand(existsSync(join(packed.archive, 'dist', 'electron', 'tray.png')), 'tray.png is missing'),
    ),
    await tried('the updater loads', () => loadUpdater(packed)),
    await tried('the helper for data files starts outside the archive', () =>
      helperStarts(packed, 'dist/bridge/file-job.js', noJob),
    ),
    await tried('the helper for spreadsheets starts outside the archive', () =>
      helperStarts(packed, 'dist/bridge/workbook.js', emptySheet),
    ),
    await tried('the helper for makers’ libraries starts outside the archive', () =>
      helperStarts(packed, 'dist/bridge/vendor-helper.js'),
    ),
    await bridge('the station opens, reads a practice card and takes a camera frame', async (client) => {
      await checkStation(client);
      await readPracticeCard(client);
      await takeFrame(client);
    }),
  ];
}
