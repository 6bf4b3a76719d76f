import {
  queryAttendance,
  queryContracts,
  queryCorp,
  queryNoCorpRecords,
  queryNoPersonRecords,
  queryPayroll,
  queryPerson,
  queryPersonBlackList,
  queryProject,
  querySubContractors,
  queryTrainings,
} from './business-queries.ts';
import { addAttendance, addContracts, addPayroll, addTraining } from './business-writes.ts';
import { uploadCorp } from './corp-upload.ts';
import { addEntryExits } from './entry-exit-add.ts';
import type { WriteMethod } from './method-context.ts';
import { queryAsyncResult, queryEntryExits, queryTeams, queryWorkers, type QueryMethod } from './queries.ts';
import { addProject, updateProject } from './project-writes.ts';
import { addSubContractor, updateSubContractor } from './sub-contractor-add.ts';
import { addTeam, updateTeam } from './team-writes.ts';
import { addWorkers, updateWorker } from './worker-writes.ts';

export const WRITE_METHODS: ReadonlyMap<string, WriteMethod> = new Map([
  ['Corp.Upload', uploadCorp],
  ['Project.Add', addProject],
  ['Project.Update', updateProject],
  ['ProjectSubContractor.Add', addSubContractor],
  ['ProjectSubContractor.Update', updateSubContractor],
  ['Team.Add', addTeam],
  ['Team.Update', updateTeam],
  ['ProjectWorker.Add', addWorkers],
  ['ProjectWorker.Update', updateWorker],
  ['WorkerEntryExit.Add', addEntryExits],
  ['WorkerContract.Add', addContracts],
  ['ProjectTraining.Add', addTraining],
  ['WorkerAttendance.Add', addAttendance],
  ['Payroll.Add', addPayroll],
]);

export const QUERY_METHODS: ReadonlyMap<string, QueryMethod> = new Map([
  ['Team.Query', queryTeams],
  ['ProjectWorker.Query', queryWorkers],
  ['WorkerEntryExit.Query', queryEntryExits],
  ['Corp.Query', queryCorp],
  ['Project.Query', queryProject],
  ['ProjectSubContractor.Query', querySubContractors],
  ['WorkerContract.Query', queryContracts],
  ['ProjectTraining.Query', queryTrainings],
  ['WorkerAttendance.Query', queryAttendance],
  ['Payroll.Query', queryPayroll],
  ['Worker.Query', queryPerson],
  ['WorkerCredential.Query', queryNoPersonRecords],
  ['WorkerGoodRecord.Query', queryNoPersonRecords],
  ['WorkerBadRecord.Query', queryNoPersonRecords],
  ['WorkerBlackList.Query', queryPersonBlackList],
  ['CorpCredential.Query', queryNoCorpRecords],
  ['CorpGoodRecord.Query', queryNoCorpRecords],
  ['CorpBadRecord.Query', queryNoCorpRecords],
  ['CorpBlackList.Query', queryNoCorpRecords],
  ['AsyncHandleResult.Query', queryAsyncResult],
]);
