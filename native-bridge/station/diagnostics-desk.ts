import { access, constants, statfs } from 'node:fs/promises';
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os';
import { asStationError, type ErrorCode } from '../contract/errors.ts';
import type { DiagnosticFact, DiagnosticStepName, diagnosticsCalls } from '../contract/diagnostics-calls.ts';
import type { Gate, GateName } from '../contract/gates.ts';
import { redactedText } from '../diagnostics/redact.ts';
import type { Result } from '../contract/station.ts';
import type { StationLog } from '../diagnostics/station-log.ts';
import type { Handlers } from '../rpc/server.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { readEnvelope } from '../store/key-folder.ts';
import { examine, ExaminationDesk, type Finding } from './examination.ts';
import { lastPrinterTest } from './printer-desk.ts';
import type { RunningStation } from './running-station.ts';

type LookAtStation = (station: RunningStation, surroundings: Surroundings) => Finding | Promise<Finding>;

/** What the station does not know of itself. */
export interface Surroundings {
  readonly log: StationLog;
  readonly shell: StartOptions['shell'];
}

const ok = (fact?: DiagnosticFact): Finding => ({ state: 'ok', ...(fact && { fact }) });
const skipped: Finding = { state: 'skipped' };

const finding = (state: 'warning' | 'trouble', code: ErrorCode | undefined, fact?: DiagnosticFact): Finding => ({
  state,
  ...(code !== undefined && { error: { code } }),
  ...(fact && { fact }),
});

const levels = { ok: 'ok', warn: 'warning', block: 'trouble' } as const;

const gateNamed = (station: RunningStation, name: GateName): Gate | undefined =>
  station.gates.gates().find(({ gate }) => gate === name);

function ofGate(gate: Gate | undefined, factOf: (value: number) => DiagnosticFact): Finding {
  if (gate === undefined) return skipped;
  return { state: levels[gate.level], ...(gate.value !== undefined && { fact: factOf(Math.round(gate.value)) }) };
}

/** Of a disk with little room every tenth of a gigabyte counts. */
async function freeSpace(folder: string): Promise<DiagnosticFact> {
  const { bavail, bsize } = await statfs(folder);
  return { kind: 'free-space', gigabytes: Math.round((bavail * bsize) / 1e8) / 10 };
}

async function ofDisk(station: RunningStation): Promise<Finding> {
  const fact = await freeSpace(station.dataFolder);
  return { ...ofGate(gateNamed(station, 'disk'), () => fact), fact };
}

function ofReaders({ readers }: RunningStation): Finding {
  const states = readers.list.map(({ state, transport }) => ({ state, ...(transport && { transport }) }));
  const fact: DiagnosticFact = { kind: 'readers', readers: states };
  const { state, code } = readers.foremost;
  if (state === 'trouble') return finding('trouble', code, fact);
  return state === 'searching' ? finding('warning', code) : ok(fact);
}

function ofPlatform({ platform: { state } }: RunningStation): Finding {
  if (state.state === 'trouble') return finding('trouble', state.error?.code);
  return state.state === 'reachable' ? ok() : finding('warning', undefined, { kind: 'platform', state: state.state });
}

async function ofDecoder({ readers }: RunningStation): Promise<Finding> {
  const { state, code, runtime } = await readers.decoderState();
  if (state !== 'ready') return finding('warning', code ?? 'portrait.failed');
  return ok(runtime === undefined ? undefined : { kind: 'decoder', runtime });
}

/** Nobody has tested the printer where none is used. */
function ofPrinter({ parts: { store } }: RunningStation): Finding {
  const last = lastPrinterTest(store.settings);
  if (last === undefined) return skipped;
  return { state: last.faults.length === 0 ? 'ok' : 'warning', fact: { kind: 'printer-test', ...last } };
}

const looks: Readonly<Record<DiagnosticStepName, LookAtStation>> = {
  'data-folder': async ({ dataFolder }) => access(dataFolder, constants.R_OK | constants.W_OK).then(() => ok()),
  disk: ofDisk,
  'data-file': ({ parts: { store } }) => {
    const trouble = store.health.trouble();
    return trouble === undefined ? ok() : finding('trouble', trouble.code);
  },
  'key-store': (_station, { shell }) => {
    if (shell === undefined) return skipped;
    const { now, before, isProtected } = shell.keyStore;
    const fact = { kind: 'key-store', now, ...(before !== undefined && { before }) } as const;
    return { state: isProtected && before === undefined ? 'ok' : 'warning', fact };
  },
  'recovery-key': ({ dataFolder }) => ({
    state: readEnvelope(dataFolder)?.current.recovery === undefined ? 'warning' : 'ok',
  }),
  backups: (station) =>
    station.backups === undefined
      ? skipped
      : ofGate(gateNamed(station, 'backup'), (hours) => ({ kind: 'backup-age', hours })),
  'face-engine': async ({ parts }) => {
    await parts.openModels();
    const trouble = parts.faceTrouble;
    return trouble === undefined ? ok() : finding('trouble', trouble.code);
  },
  readers: ofReaders,
  'portrait-decoder': ofDecoder,
  clock: (station) => ofGate(gateNamed(station, 'clock'), (seconds) => ({ kind: 'clock-difference', seconds })),
  platform: ofPlatform,
  log: (_station, { log }) => (log.isSound ? ok() : { state: 'warning' }),
  printer: ofPrinter,
};

/** A step that fails to look is itself a finding. */
async function lookAt(step: DiagnosticStepName, station: RunningStation, given: Surroundings): Promise<Finding> {
  try {
    return await looks[step](station, given);
  } catch (cause) {
    return finding('trouble', asStationError(cause).code);
  }
}

const systemFacts = () => ({
  platform: platform(),
  release: redactedText(release()),
  architecture: arch(),
  processors: cpus().length,
  memoryMb: Math.round(totalmem() / 1e6),
  freeMemoryMb: Math.round(freemem() / 1e6),
  node: process.versions.node,
  electron: process.versions['electron'],
});

/** Figures and codes only: no team, project, company, address, account or operator has a place here. */
function stationFacts(station: RunningStation) {
  const { version, practice, gates, unsent, today, profile } = station.status();
  return {
    version,
    practice,
    driver: station.parts.connection?.driver,
    profile: redactedText(`${profile.name} ${profile.version}`),
    gates: gates.map(({ gate, level }) => ({ gate, level })),
    unsent: { count: unsent.count, needsAttention: unsent.needsAttention },
    enrolledToday: today.enrolled,
    records: station.parts.store.records.counts(),
    readers: station.readers.list.map(({ state, code, transport, model }) => ({ state, code, transport, model })),
  };
}

/** Lines of the log that go along: some days of an ordinary station. */
const mostLines = 3000;

/** What there is to tell of any station, open or not; `part` is the rest. */
function bundleOf({ log, shell }: Surroundings, part: object): Result<'diagnostics.bundle'> {
  const at = new Date();
  const lines = log.newest(mostLines).map((line) => JSON.parse(line) as unknown);
  const content = {
    kind: 'enrol-desk-support',
    at: at.toISOString(),
    system: systemFacts(),
    shell,
    ...part,
    log: lines,
  };
  const stamp = at.toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  return { name: `enrol-desk-support-${stamp}.json`, text: JSON.stringify(content, null, 1) };
}

/** Of a station that does not open, which is when support needs it most. */
export const closedBundle = (given: Surroundings, code: ErrorCode): Result<'diagnostics.bundle'> =>
  bundleOf(given, { cannotOpen: code });

export type DiagnosticsHandlers = Pick<Handlers, keyof typeof diagnosticsCalls>;

/** The station's examination of itself, and what support is given of it. */
export function diagnosticsHandlers(station: RunningStation): DiagnosticsHandlers {
  const given = station.surroundings;
  const look = (step: DiagnosticStepName) => lookAt(step, station, given);
  const examinations = new ExaminationDesk(look, (now) => station.publish('diagnostics.changed', now));
  return {
    'diagnostics.state': async () => ({ ...(examinations.now && { examination: examinations.now }) }),
    'diagnostics.examine': () => examinations.run(),
    'diagnostics.cancel': async () => {
      examinations.cancel();
      return {};
    },
    'diagnostics.bundle': async () => bundleOf(given, { station: stationFacts(station), steps: await examine(look) }),
  };
}
