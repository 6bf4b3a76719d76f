import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { Questionable } from '../connection-questions.ts';
import type { Acceptance, Connector, Outcome, TeamUpload, WorkerQuery, WorkerUpload } from '../connector.ts';
import type { CwrDialect } from '../driver/dialect.ts';
import { listIn } from './answer-lists.ts';
import { createCwrClient, type CwrAccess } from './cwr-client.ts';
import { createDictionaries, type Dictionaries } from './dictionaries.ts';
import {
  differences,
  type Employee,
  employeeOf,
  employeesIn,
  heldOf,
  teamNumberIn,
  teamNumberSchema,
  teamsOf,
} from './employees.ts';
import { looseText, type Reply } from './envelope.ts';
import { checkTeam } from './local-check.ts';
import { type Pass, passedLogData } from './passed-log.ts';
import { jobOf, registerEmployeeData, workTypeNameOf } from './register-employee.ts';
import { createCwrSession, type CwrSession, type SignedIn } from './session.ts';

export interface CwrConnectorOptions extends CwrAccess {
  readonly projectCode: string;
}

/** What a device can do besides enrolling. */
export interface CwrConnector extends Connector, Questionable {
  readonly dictionaries: Dictionaries;
  signIn(): Promise<SignedIn>;
  keepAlive(): Promise<void>;
  /** Number of people and a digest over them, both as the platform tells them. */
  employeesHash(): Promise<{ readonly count: number; readonly sha1: string }>;
  employees(): Promise<readonly Employee[]>;
  /** Base64 face photos of at most so many people as the dialect allows, by `emp_id`. */
  facePhotos(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Likewise the portraits of their identity cards. */
  idPhotos(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  uploadPasses(passes: readonly Pass[]): Promise<Acceptance>;
}

interface Parts {
  readonly options: CwrConnectorOptions;
  readonly dialect: CwrDialect;
  readonly session: CwrSession;
  readonly dictionaries: Dictionaries;
}

/** Where teams have no number of their own the station's record of the team holds this one, which is never sent. */
const numberOfNamedTeams = 1;

/**
 * A driver for platforms that speak `CWRService`. Every answer is final, so that nothing is left to be asked for later.
 * Throws `platform.not-configured` for a useless address, key or serial.
 */
export function createCwrConnector(options: CwrConnectorOptions): CwrConnector {
  const client = createCwrClient(options);
  const session = createCwrSession(client, options, options.projectCode);
  const parts = { options, dialect: options.dialect, session, dictionaries: createDictionaries(session) };
  const asked = asking(parts);
  return {
    name: options.dialect.name,
    get clockDifferenceSeconds() {
      return session.clockDifferenceSeconds;
    },
    ...enrolling(parts),
    ...asked,
    presence: { everySeconds: options.dialect.keepAliveSeconds, tell: asked.keepAlive },
    uploadPasses: async (passes) => {
      const data = passedLogData(passes, options.dialect, options);
      return acceptanceOf(await session.send('UploadPassedLog', data), 'UploadPassedLog');
    },
  };
}

type Enrolling = Omit<Connector, 'name' | 'clockDifferenceSeconds' | 'presence'>;

function enrolling(parts: Parts): Enrolling {
  const { session, dialect } = parts;
  return {
    addTeam: async (team) => {
      checkTeam(team, dialect);
      return teamAcceptance(await session.send('AddTeam', addTeamData(team)));
    },
    addWorker: (worker) => register(parts, worker),
    updateWorker: (worker) => registerAgain(parts, worker),
    outcome: () => Promise.resolve<Outcome>({ state: 'done' }),
    findTeam: async (team) => {
      if (dialect.teams === 'named') return { teamSysNo: numberOfNamedTeams };
      const teamSysNo = teamNumberIn(await employees(parts), team);
      return teamSysNo === undefined ? undefined : { teamSysNo };
    },
    findWorker: async (query) => (await findEmployee(parts, query)) !== undefined,
    listTeams: async () => teamsOf(await employees(parts), parts.options.projectCode),
    heldWorker: async (query) => {
      const employee = await findEmployee(parts, query);
      return employee && heldOf(employee);
    },
  };
}

function asking(parts: Parts): Omit<CwrConnector, keyof Connector | 'uploadPasses'> {
  const { session, dictionaries } = parts;
  const keepAlive = async () => void (await session.ask('KeepAlive', {}));
  const employeesHash = async () => readHash(await session.ask('QueryEmpListHash', {}));
  return {
    dictionaries,
    signIn: () => session.signIn(),
    keepAlive,
    employeesHash,
    employees: () => employees(parts),
    facePhotos: (ids) =>
      photos(parts, { functionName: 'QueryEmployeeInfo', field: 'facephoto', ids, mode: { facephoto_mode: 'byte' } }),
    idPhotos: (ids) => photos(parts, { functionName: 'QueryEmployeeIdInfo', field: 'id_photo', ids }),
    questions: [
      { name: 'Signin', ask: async () => void (await session.signIn()) },
      { name: 'KeepAlive', ask: keepAlive },
      { name: 'QueryEmpListHash', ask: async () => void (await employeesHash()) },
      { name: 'DictListWorkTypeName', ask: async () => void (await dictionaries.fetch('DictListWorkTypeName')) },
    ],
  };
}

const addTeamData = ({ projectCode, corpCode, corpName, teamName }: TeamUpload) => ({
  Project_ID: projectCode,
  company_code: corpCode,
  company_name: corpName,
  team_name: teamName,
});

async function register(parts: Parts, worker: WorkerUpload): Promise<Acceptance> {
  const data = registerEmployeeData(worker, parts.dialect);
  await demandKnownWords(parts, worker);
  return acceptanceOf(await parts.session.send('RegisterEmployee', data), 'RegisterEmployee');
}

/**
 * The protocol has no function for changing a person: registering again changes them on some platforms. Where it is
 * refused because the person is there, the platform's list tells whether it holds what we wanted it to hold.
 */
async function registerAgain(parts: Parts, worker: WorkerUpload): Promise<Acceptance> {
  const answer = await register(parts, worker);
  if (answer.state !== 'already-present') return answer;
  const present = await findEmployee(parts, worker);
  if (present === undefined) return { state: 'refused', text: answer.text, fields: [] };
  const fields = differences(present, worker, workTypeNameOf(worker, parts.dialect));
  if (fields.length === 0) return { state: 'done', serial: present.emp_id ?? 'RegisterEmployee' };
  return { state: 'refused', text: `平台已有此人，资料与本记录不同且不能由设备更改：${answer.text}`, fields };
}

/** The platform's own lists must have our words. A trade is the record's; the others are the dialect's to put right. */
async function demandKnownWords({ dictionaries, dialect }: Parts, worker: WorkerUpload): Promise<void> {
  if (!(await dictionaries.has('DictListWorkTypeName', workTypeNameOf(worker, dialect)))) {
    throw new StationError('platform.record-refused', 'workType');
  }
  const { category, typeName, code } = jobOf(worker, dialect);
  const wanted = [
    ['DictListEmpCategory', category],
    ['DictListJobTypeName', typeName],
    ['DictListJobName', code],
  ] as const;
  for (const [name, word] of wanted) {
    if (!(await dictionaries.has(name, word))) throw new StationError('platform.bad-dialect', `jobs: not in ${name}`);
  }
}

const employees = async ({ session }: Parts, idNumber = '') =>
  employeesIn(
    await session.ask('QueryEmployeeList', { emp_company: '', emp_name: '', emp_phone: '', id_code: idNumber }),
  );

const findEmployee = async (parts: Parts, query: WorkerQuery) =>
  employeeOf(await employees(parts, query.idCardNumber), query);

const receiptSchema = z.object({ emp_id: looseText, team_id: z.unknown().optional() });

/** A platform that gives no `emp_id` is quoted by the function that it answered. */
function acceptanceOf(reply: Reply, functionName: string): Acceptance {
  if (reply.state === 'done') {
    return { state: 'done', serial: receiptSchema.safeParse(reply.data).data?.emp_id ?? functionName };
  }
  const { text, fields, present } = reply;
  return present ? { state: 'already-present', text } : { state: 'refused', text, fields };
}

function teamAcceptance(reply: Reply): Acceptance {
  const number = teamNumberSchema.safeParse(receiptSchema.safeParse(reply.data).data?.team_id);
  const acceptance = acceptanceOf(reply, 'AddTeam');
  const isThere = acceptance.state === 'done' || acceptance.state === 'already-present';
  return isThere && number.success ? { ...acceptance, teamSysNo: number.data } : acceptance;
}

const hashSchema = z.object({
  emp_count: looseText.pipe(z.string().regex(/^\d+$/).transform(Number)),
  sha1: looseText.pipe(z.string()),
});

function readHash(data: unknown) {
  const parsed = hashSchema.safeParse(data);
  if (!parsed.success) throw new StationError('platform.bad-answer', 'no digest of the people');
  return { count: parsed.data.emp_count, sha1: parsed.data.sha1 };
}

const photoRowSchema = z.object({ emp_id: looseText.pipe(z.string()) }).catchall(z.unknown());

interface PhotoQuery {
  readonly functionName: string;
  readonly field: string;
  readonly ids: readonly string[];
  readonly mode?: { readonly facephoto_mode: 'byte' };
}

async function photos({ session, dialect }: Parts, query: PhotoQuery): Promise<ReadonlyMap<string, string>> {
  const { functionName, field, ids, mode } = query;
  if (ids.length > dialect.limits.employeesPerQuery) {
    throw new StationError('internal', 'more people in one question than the platform answers for');
  }
  const answer = await session.ask(functionName, { emp_id: ids, ...mode });
  const rows = listIn(answer).map((row) => photoRowSchema.safeParse(row).data);
  const found = rows.map((row) => [row?.emp_id, z.string().min(1).safeParse(row?.[field]).data] as const);
  return new Map(found.flatMap(([id, photo]) => (id === undefined || photo === undefined ? [] : [[id, photo]])));
}
