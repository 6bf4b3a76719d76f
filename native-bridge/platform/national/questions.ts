import type { Question } from '../connection-questions.ts';
import type { OpenApiClient } from './open-api-client.ts';

const methods = ['Team.Query', 'ProjectWorker.Query', 'WorkerEntryExit.Query'];

/** One row of each list at most: enough to see whether the account may ask, and nothing that has to be kept. */
export const nationalQuestions = (client: Pick<OpenApiClient, 'ask'>, projectCode = ''): readonly Question[] =>
  methods.map((name) => ({
    name,
    ask: async () => void (await client.ask(name, { pageIndex: 0, pageSize: 1, projectCode })),
  }));
