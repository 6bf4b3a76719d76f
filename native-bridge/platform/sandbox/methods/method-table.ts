import { uploadCorp } from './corp-upload.ts';
import { addEntryExits } from './entry-exit-add.ts';
import type { WriteMethod } from './method-context.ts';
import { queryAsyncResult, queryEntryExits, queryTeams, queryWorkers, type QueryMethod } from './queries.ts';
import { addSubContractor } from './sub-contractor-add.ts';
import { addTeam, updateTeam } from './team-writes.ts';
import { addWorkers, updateWorker } from './worker-writes.ts';

export const WRITE_METHODS: ReadonlyMap<string, WriteMethod> = new Map([
  ['Corp.Upload', uploadCorp],
  ['ProjectSubContractor.Add', addSubContractor],
  ['Team.Add', addTeam],
  ['Team.Update', updateTeam],
  ['ProjectWorker.Add', addWorkers],
  ['ProjectWorker.Update', updateWorker],
  ['WorkerEntryExit.Add', addEntryExits],
]);

export const QUERY_METHODS: ReadonlyMap<string, QueryMethod> = new Map([
  ['Team.Query', queryTeams],
  ['ProjectWorker.Query', queryWorkers],
  ['WorkerEntryExit.Query', queryEntryExits],
  ['AsyncHandleResult.Query', queryAsyncResult],
]);
