import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LivenessSenses } from '../capture/liveness/session.ts';
import { type CaptureProfile, loadProfile } from '../capture/profile.ts';
import type { ErrorReport } from '../contract/basic.ts';
import type { ProjectConnection } from '../contract/station.ts';
import { type DivisionTable, divisionFileSchema } from '../enrolment/native-place.ts';
import type { EthnicGroups } from '../reader/card/card-text.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { finishRestore } from '../store/restore.ts';
import type { Faces } from './capture-desk.ts';
import { CodeTables } from './code-tables.ts';
import type { SearchedFaces } from './face-search-desk.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openFaces } from './faces.ts';
import { livenessSensesOnDemand } from './liveness-senses.ts';
import { ModelPacks } from './model-packs.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';
import { SettingsDesk } from './settings-desk.ts';

/** What a station works with; opened together, closed together. */
export interface StationParts {
  /** Records of real projects and of practice never share a file. */
  readonly store: Store;
  readonly settings: SettingsDesk;
  readonly connection: ProjectConnection | undefined;
  readonly dialects: DialectShelf;
  readonly practice: PracticeDesk | undefined;
  readonly faces: Faces;
  /** Recognisers that the site has added. */
  readonly modelPacks: ModelPacks;
  /** The same engine for the search among many. */
  readonly searchedFaces: SearchedFaces;
  readonly faceTrouble: ErrorReport | undefined;
  /** Opens the nets of the liveness challenge when they are first needed. */
  readonly livenessSenses: () => Promise<LivenessSenses>;
  readonly profile: CaptureProfile;
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

async function table<S extends z.ZodType>(options: StartOptions, path: string, schema: S): Promise<z.output<S>> {
  return schema.parse(JSON.parse(await readFile(join(options.assetsFolder, path), 'utf8')));
}

/** Practice begins with teams to choose from, one of them chosen. */
function furnish(store: Store, { projectCode, projectName, corpCode, corpName }: ProjectConnection): void {
  const teams = practiceTeams.map((team) => store.teams.add({ projectCode, projectName, corpCode, corpName, ...team }));
  const [first] = teams;
  if (store.teams.chosen() === undefined && first !== undefined) store.teams.choose(first.id);
}

interface Files {
  readonly main: Store;
  readonly store: Store;
  readonly practice: PracticeDesk | undefined;
}

async function openFiles(options: StartOptions): Promise<Files> {
  const open = (name: string) => openStore({ file: join(options.dataFolder, name), key: options.storeKey });
  finishRestore(join(options.dataFolder, 'station.db'));
  const main = open('station.db');
  try {
    if (new SettingsDesk(main, main, undefined).connection !== undefined)
      return { main, store: main, practice: undefined };
    const store = open('practice.db');
    const practice = await openPracticeDesk({
      dataFolder: options.dataFolder,
      controlPort: options.practiceControlPort,
    });
    furnish(store, practice.connection);
    return { main, store, practice };
  } catch (cause) {
    main.close();
    throw cause;
  }
}

/** Opens files, tables, models and, without a connected project, everything that practice mode needs. */
export async function openParts(options: StartOptions): Promise<StationParts> {
  const profile = loadProfile(await table(options, 'capture-profiles/guangxi.json', z.unknown()));
  const divisionFile = await table(options, 'codes/divisions.json', divisionFileSchema);
  const ethnicGroups = await table(options, 'codes/ethnic-groups.json', z.record(z.string(), z.string()));
  let modelPacks: ModelPacks | undefined;
  const face = await openFaces(join(options.assetsFolder, 'models'), () => modelPacks?.opinions ?? {});
  const liveness = livenessSensesOnDemand(face.engine, join(options.assetsFolder, 'models'));
  const { main, store, practice } = await openFiles(options);
  const settings = new SettingsDesk(main, store, practice?.reader);
  const packs = (modelPacks = new ModelPacks(join(options.dataFolder, 'models'), face.engine, main.settings));
  await packs.open();
  const tables = new CodeTables(main.settings, { ...divisionFile, ethnicGroups }, () => new Date());
  return {
    store,
    settings,
    practice,
    connection: practice?.connection ?? settings.connection,
    dialects: new DialectShelf(join(options.dataFolder, 'dialects')),
    faces: face.faces,
    searchedFaces: face.searched,
    modelPacks: packs,
    faceTrouble: face.trouble,
    livenessSenses: liveness.open,
    profile,
    tables,
    get divisions() {
      return tables.divisions;
    },
    get ethnicGroups() {
      return tables.ethnicGroups;
    },
    close: async () => {
      try {
        await practice?.close();
        await packs.close();
        await liveness.close();
        await face.close();
      } finally {
        if (store !== main) store.close();
        main.close();
      }
    },
  };
}
