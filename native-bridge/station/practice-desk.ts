import { join } from 'node:path';
import type { Portrait } from '../contract/card.ts';
import { StationError } from '../contract/errors.ts';
import type { ReaderAddress } from '../contract/reader.ts';
import type { PracticeCard, ProjectConnection } from '../contract/station.ts';
import type { DeliveryPace } from '../enrolment/delivery.ts';
import { DEMO_ACCOUNT } from '../platform/sandbox/options.ts';
import { startSandbox } from '../platform/sandbox/sandbox.ts';
import { findPracticePerson, makeDeckCard, practiceDeck } from '../practice/practice-deck.ts';
import { holderName } from '../practice/practice-fields.ts';
import { decodePracticePortrait, PracticePortraitError } from '../practice/practice-portrait.ts';
import { startVirtualReader, SYNTHETIC_SAM_NUMBER } from '../practice/virtual-reader.ts';
import { printSamNumber } from '../reader/sam/commands.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';

/** Practice mode's sandbox answers after about 1.5 s; asking at that pace keeps a lesson short. */
export const practicePace: DeliveryPace = {
  outcomeWaitsMs: [1600, 1600, 3000, 10_000],
  retryWaitsMs: [1000, 2000, 5000],
};

/** Everything that stands in for the outside world while no project is connected. */
export interface PracticeDesk {
  readonly reader: ReaderAddress;
  /** The virtual reader's identity: practice reads no other reader's cards. */
  readonly samNumber: string;
  readonly connection: ProjectConnection;
  readonly addresses: { readonly practiceControl?: string; readonly sandbox: string };
  cards(): { cards: PracticeCard[]; laid: string | undefined };
  /** Lays a card of the deck on the reader, with another portrait if one is given. */
  lay(name: string, portrait: Uint8Array | undefined): Promise<void>;
  lift(): void;
  close(): Promise<void>;
}

export interface PracticeOptions {
  readonly dataFolder: string;
  readonly controlPort: number | undefined;
}

/** How long the sandbox lets a request wait before it is processed: long enough to be seen, short enough to learn by. */
const sandboxDelayMs = 1500;

function practiceConnection(url: string): ProjectConnection {
  const project = DEMO_ACCOUNT.projects[0];
  const corp = project?.corps[0];
  if (project === undefined || corp === undefined) throw new StationError('internal', 'demo account');
  const { appid, secret } = DEMO_ACCOUNT;
  const kind = { driver: 'national', dialect: 'national' } as const;
  return { ...kind, url, appid, secret, projectCode: project.projectCode, projectName: '培训示例项目', ...corp };
}

function demandPerson(name: string) {
  const person = findPracticePerson(name);
  if (person === undefined) throw new StationError('store.not-found');
  return person;
}

async function cardOf(name: string, picture: Uint8Array | undefined) {
  const person = demandPerson(name);
  try {
    return await makeDeckCard(person, picture);
  } catch (cause) {
    throw cause instanceof PracticePortraitError ? new StationError('capture.bad-picture') : cause;
  }
}

/** Starts the virtual reader and the sandbox platform on loopback ports. */
export async function openPracticeDesk(options: PracticeOptions): Promise<PracticeDesk> {
  const { controlPort } = options;
  const reader = await startVirtualReader({ tcpPort: 0, controlPort });
  const stateFile = join(options.dataFolder, 'practice-platform.json');
  const sandbox = await startSandbox({ stateFile, asyncDelayMs: sandboxDelayMs });
  if (reader.tcpPort === undefined) throw new StationError('internal', 'virtual reader');
  let laid: string | undefined;
  return {
    reader: { kind: 'tcp', host: '127.0.0.1', port: reader.tcpPort },
    samNumber: printSamNumber(SYNTHETIC_SAM_NUMBER),
    connection: practiceConnection(sandbox.url),
    addresses: {
      sandbox: sandbox.pageUrl,
      ...(reader.controlPort !== undefined && { practiceControl: `http://127.0.0.1:${reader.controlPort}` }),
    },
    cards: () => ({
      cards: practiceDeck().map(({ id, purpose, fields }) => ({
        name: id,
        title: { zh: `${holderName(fields)}（${purpose}）`, en: `${holderName(fields)} (${id})` },
      })),
      laid,
    }),
    lay: async (name, portrait) => {
      const card = await cardOf(name, portrait);
      reader.lift();
      reader.lay(card);
      laid = name;
    },
    lift: () => {
      reader.lift();
      laid = undefined;
    },
    close: async () => {
      await reader.close();
      await sandbox.stop();
    },
  };
}

/** Reads the simulated portraits of practice cards and nothing else. */
export const practicePortraitDecoder: PortraitDecoder = {
  decode: async (block): Promise<Portrait> => {
    const decoded = await decodePracticePortrait(block);
    if (decoded.kind === 'portrait') {
      return { state: 'decoded', png: decoded.png, width: decoded.width, height: decoded.height, simulated: true };
    }
    return { state: 'missing', code: decoded.kind === 'damaged' ? 'portrait.failed' : 'portrait.no-decoder' };
  },
  state: () => Promise.resolve({ state: 'ready', call: 'practice' }),
};
