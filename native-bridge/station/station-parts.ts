import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LivenessSenses } from '../capture/liveness/session.ts';
import type { ErrorReport } from '../contract/basic.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import type { ProjectConnection } from '../contract/station.ts';
import { type DivisionFile, type DivisionTable, divisionFileSchema } from '../enrolment/native-place.ts';
import { pictureLibrary } from '../pictures/picture-library.ts';
import type { EthnicGroups } from '../reader/card/card-text.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { allBackups, backupPlaces } from '../store/backup-places.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { type DataFileName, FileTrouble } from '../store/file-trouble.ts';
import { evenEnvelopes, openDataKey } from '../store/key-folder.ts';
import { finishRekey } from '../store/rekeyed-file.ts';
import { finishRestore } from '../store/restore.ts';
import type { Faces } from './capture-desk.ts';
import { CodeTables } from './code-tables.ts';
import type { SearchedFaces } from './face-search-desk.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { facesOnDemand } from './faces.ts';
import { livenessSensesOnDemand } from './liveness-senses.ts';
import { ModelPacks } from './model-packs.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';
import { ProfileShelf, readProfiles } from './profile-shelf.ts';
import { SettingsDesk } from './settings-desk.ts';

/** What a station works with; opened together, closed together. */
export interface StationParts {
  /** Records of real projects and of practice never share a file. */
  readonly store: Store;
  /** The file of real projects, in practice as well; the same as `store` outside it. */
  readonly main: Store;
  /** Of both data files. */
  readonly dataKey: Uint8Array;
  readonly settings: SettingsDesk;
  readonly connection: ProjectConnection | undefined;
  readonly dialects: DialectShelf;
  readonly practice: PracticeDesk | undefined;
  readonly faces: Faces;
  /** Recognisers that the site has added. */
  readonly modelPacks: ModelPacks;
  /** The same engine for the search among many. */
  readonly searchedFaces: SearchedFaces;
  /** Why faces are not compared; not known before `facesOpened`. */
  readonly faceTrouble: ErrorReport | undefined;
  readonly facesOpened: Promise<void>;
  /** Opens what would be opened with the first picture. */
  openModels(): Promise<void>;
  readonly profiles: ProfileShelf;
  /** Opens the nets of the liveness challenge when they are first needed. */
  readonly livenessSenses: () => Promise<LivenessSenses>;
  readonly tables: CodeTables;
  /** The tables of this moment: an import takes effect with the next card. */
  readonly divisions: DivisionTable;
  readonly ethnicGroups: EthnicGroups;
  close(): Promise<void>;
}

const practiceTeams = [
  { teamName: '钢筋一班', workType: '020' },
  { teamName: '木工二班', workType: '240' },
] as const;

async function readEthnicGroups({ assetsFolder }: StartOptions): Promise<EthnicGroups> {
  const text = await readFile(join(assetsFolder, 'codes', 'ethnic-groups.json'), 'utf8');
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}

const readDivisions = ({ assetsFolder }: StartOptions): DivisionFile =>
  divisionFileSchema.parse(JSON.parse(readFileSync(join(assetsFolder, 'codes', 'divisions.json'), 'utf8')));

/** Practice begins with teams to choose from, one of them chosen. */
function furnish(store: Store, { projectCode, projectName, corpCode, corpName }: ProjectConnection): void {
  const teams = practiceTeams.map((team) => store.teams.add({ projectCode, projectName, corpCode, corpName, ...team }));
  const [first] = teams;
  if (store.teams.chosen() === undefined && first !== undefined) store.teams.choose(first.id);
}

interface Files {
  readonly dataKey: Uint8Array;
  readonly main: Store;
  readonly store: Store;
  readonly practice: PracticeDesk | undefined;
}

/** `work` on one of the data files; its errors tell which. */
function ofFile<T>(name: DataFileName, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new FileTrouble(name, cause);
  }
}

/** With the key that its envelope gave, a file whose pages do not fit it is damaged. */
function openWithKnownKey(file: string, key: Uint8Array): Store {
  try {
    return openStore({ file, key });
  } catch (cause) {
    const error = asStationError(cause);
    throw error.code === 'store.wrong-key' ? new StationError('store.corrupt', 'first page', { cause }) : error;
  }
}

/** A file that was there once must not be taken for a first start. */
function refuseMissing(dataFolder: string, file: string): void {
  if (!existsSync(file) && allBackups(backupPlaces(dataFolder)).length > 0) throw new StationError('store.missing');
}

async function openFiles({ dataFolder, storeKey, practiceControlPort }: StartOptions): Promise<Files> {
  const pathOf = (name: DataFileName) => join(dataFolder, `${name}.db`);
  const dataKey = ofFile('station', () => {
    finishRestore(pathOf('station'));
    refuseMissing(dataFolder, pathOf('station'));
    const first = existsSync(pathOf('station')) ? 'station' : 'practice';
    const key = openDataKey(dataFolder, pathOf(first), storeKey);
    evenEnvelopes(dataFolder);
    for (const name of ['station', 'practice'] as const) finishRekey(pathOf(name), key);
    return key;
  });
  const open = (name: DataFileName) => ofFile(name, () => openWithKnownKey(pathOf(name), dataKey));
  const main = open('station');
  try {
    if (new SettingsDesk(main, main, undefined).connection !== undefined)
      return { dataKey, main, store: main, practice: undefined };
    const store = open('practice');
    try {
      const practice = await openPracticeDesk({ dataFolder, controlPort: practiceControlPort });
      furnish(store, practice.connection);
      return { dataKey, main, store, practice };
    } catch (cause) {
      store.close();
      throw cause;
    }
  } catch (cause) {
    main.close();
    throw cause;
  }
}

async function closeFiles({ main, store, practice }: Files): Promise<void> {
  try {
    await practice?.close();
  } finally {
    if (store !== main) store.close();
    main.close();
  }
}

/** Opens files, tables and, without a connected project, everything that practice mode needs. Models are opened later. */
export async function openParts(options: StartOptions): Promise<StationParts> {
  const profiles = await readProfiles(join(options.assetsFolder, 'capture-profiles'));
  const ethnicGroups = await readEthnicGroups(options);
  const files = await openFiles(options);
  const { dataKey, main, store, practice } = files;
  const face = facesOnDemand(join(options.assetsFolder, 'models'), () => modelPacks.opinions());
  const engine = () => face.engine();
  const modelPacks = new ModelPacks(join(options.dataFolder, 'models'), engine, main.settings);
  const liveness = livenessSensesOnDemand(engine, join(options.assetsFolder, 'models'));
  const settings = new SettingsDesk(main, store, practice?.reader);
  const tables = new CodeTables(
    main.settings,
    { readDivisions: () => readDivisions(options), ethnicGroups },
    () => new Date(),
  );
  const connection = practice?.connection ?? settings.connection;
  return {
    store,
    main,
    dataKey,
    settings,
    practice,
    connection,
    dialects: new DialectShelf(join(options.dataFolder, 'dialects')),
    faces: face.faces,
    searchedFaces: face.searched,
    modelPacks,
    facesOpened: face.opened,
    get faceTrouble() {
      return face.trouble;
    },
    openModels: async () => {
      await pictureLibrary();
      await engine();
      await modelPacks.open();
    },
    profiles: new ProfileShelf(profiles, store.settings, connection?.projectCode ?? ''),
    livenessSenses: liveness.open,
    tables,
    get divisions() {
      return tables.divisions;
    },
    get ethnicGroups() {
      return tables.ethnicGroups;
    },
    close: async () => {
      try {
        await modelPacks.close();
        await liveness.close();
        await face.close();
      } finally {
        await closeFiles(files);
      }
    },
  };
}
