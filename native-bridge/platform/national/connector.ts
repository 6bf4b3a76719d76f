import type { Connector, TeamUpload, WorkerUpload } from '../connector.ts';
import { readAcceptance } from './acceptance.ts';
import type { Questionable } from '../connection-questions.ts';
import type { Dialect } from './dialect.ts';
import { nationalDialect } from './dialect.ts';
import { createFieldCipher } from './field-cipher.ts';
import { checkTeam, checkWorker } from './local-check.ts';
import { createMask } from '../driver/masked-text.ts';
import { createOpenApiClient, demandEnterpriseKey, QuestionRefused } from './open-api-client.ts';
import { readOutcome } from './outcome.ts';
import { firstInPages } from './paged-query.ts';
import { nationalQuestions } from './questions.ts';
import { isRowOfWorker, teamSysNoInRow } from './query-rows.ts';
import { workerAddData, workerUpdateData } from './worker-payload.ts';

export interface NationalConnectorOptions {
  readonly url: string;
  readonly certificatePins?: string | undefined;
  readonly appid: string;
  /** 32 characters; signs the requests and encrypts the numbers in them. */
  readonly secret: string;
  /** Signs for the enterprise where the dialect has `corpsign`. */
  readonly enterpriseKey?: string | undefined;
  readonly dialect?: Dialect;
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly timeoutMs?: number;
  /** The project that the questions are about which try a connection out. */
  readonly projectCode?: string;
}

export type NationalConnector = Connector & Questionable;

/** A driver for platforms that speak `open.api`. Throws `platform.not-configured` for a useless address, secret or key. */
export function createNationalConnector(options: NationalConnectorOptions): NationalConnector {
  const { dialect = nationalDialect, ...access } = options;
  if (dialect.corpsign) demandEnterpriseKey(access);
  const client = createOpenApiClient({ ...access, dialect });
  const cipher = createFieldCipher(access.secret);
  const mask = createMask(access.secret);
  const write = async (method: string, data: object) => readAcceptance(await client.send(method, data), mask);
  const addWorkers = async (workers: readonly WorkerUpload[]) => {
    const reply = await client.send('ProjectWorker.Add', workerAddData(workers, dialect, cipher));
    return readAcceptance(reply, mask, workers);
  };
  return {
    name: dialect.name,
    questions: nationalQuestions(client, access.projectCode),
    get clockDifferenceSeconds() {
      return client.clockDifferenceSeconds;
    },
    addTeam: async (team) => write('Team.Add', teamAddData(team, dialect)),
    addWorker: (worker) => addWorkers([worker]),
    batch: {
      largest: dialect.limits.workersPerCall,
      check: (worker) => checkWorker(worker, dialect),
      addWorkers,
    },
    updateWorker: async (worker) => write('ProjectWorker.Update', workerUpdateData(worker, dialect, cipher)),
    async outcome(serial, people) {
      const data = await client.ask('AsyncHandleResult.Query', { requestSerialCode: serial });
      return readOutcome(data, serial, mask, people);
    },
    async findTeam(team) {
      const { projectCode, corpCode, teamName } = team;
      const query = { method: 'Team.Query', filter: { projectCode, corpCode, teamName } };
      const teamSysNo = await firstInPages(client, query, dialect.limits, (row) => teamSysNoInRow(row, team));
      return teamSysNo === undefined ? undefined : { teamSysNo };
    },
    async findWorker(worker) {
      const { projectCode, idCardType } = worker;
      const filter = { projectCode, idCardType, idCardNumber: cipher.encrypt(worker.idCardNumber) };
      const pick = (row: unknown) => (isRowOfWorker(row, worker, cipher) ? true : undefined);
      const query = { method: 'ProjectWorker.Query', filter };
      try {
        return (await firstInPages(client, query, dialect.limits, pick)) ?? false;
      } catch (cause) {
        // A platform that cannot even be asked for such a number has nobody under it.
        if (cause instanceof QuestionRefused && cause.fields.includes('idCardNumber')) return false;
        throw cause;
      }
    },
  };
}

function teamAddData(team: TeamUpload, dialect: Dialect) {
  checkTeam(team, dialect);
  const { projectCode, corpCode, corpName, teamName } = team;
  return { projectCode, corpCode, corpName, teamName };
}
