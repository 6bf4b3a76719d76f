import { exampleOutcomes } from './fake-liveness.ts';
import type { RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import type { Argument, CallName, Result } from '../../native-bridge/contract/station.ts';
import type { WorkerDetail } from '../../native-bridge/contract/worker-calls.ts';

/* Workers of the scripted station: its records, as if each were another person. */

type WorkerCall = Extract<CallName, 'worker.search' | 'worker.teams' | 'worker.get' | 'worker.portrait'>;
type WorkerHandlers = { readonly [N in WorkerCall]: (argument: Argument<N>) => Result<N> };

const detail: WorkerDetail = {
  kind: 'mainland',
  sexCode: '1',
  birth: '1986-04-09',
  origin: '壮',
  address: '广西测试县样本镇示例村七组 12 号附 3 号',
  validTo: '2036-05-20',
  ageYears: 40,
  hasPortrait: true,
  fields: { workType: '020', cellPhone: '13800000000', cultureLevelType: '02', politicsType: '13', isTeamLeader: true },
  comparison: { kind: 'compared', band: 'review', distance: 0.441, frames: 5, engine: 'example-1', verifyMs: 41 },
  liveness: exampleOutcomes.excepted,
  decision: {
    samePerson: true,
    reason: '五官一致，证件照较旧',
    decidedBy: '莫经办',
    decidedAt: '2026-03-05T02:11:09.000Z',
  },
  projectName: '青秀样板苑二期',
  corpName: '示例建筑劳务有限公司',
  consent: {
    textVersion: '1',
    givenAt: '2026-03-05T02:10:31.000Z',
    signing: { kind: 'attested', reason: 'cannot-write', by: '莫经办' },
    language: 'zh-CN',
  },
};

const actions = ['outbox.confirmed', 'outbox.accepted', 'outbox.sending', 'record.sealed'];

function personOf(records: readonly RecordSummary[], id: string): Result<'worker.get'> {
  const own = records.filter((record) => record.id === id);
  const history = actions.map((action) => ({
    recordId: id,
    at: own[0]?.sealedAt ?? detail.consent.givenAt,
    action,
    actor: action === 'record.sealed' ? '莫经办' : 'station',
  }));
  return { records: own, detail, history };
}

export function exampleWorkerCalls(
  records: () => readonly RecordSummary[],
  portrait: () => Uint8Array,
): WorkerHandlers {
  return {
    'worker.search': ({ text = '', teamName, state, limit, after = 0 }) => {
      const wanted = text.replaceAll(' ', '');
      const fits = records().filter(
        (record) =>
          (record.name.includes(wanted) || record.maskedNumber.includes(wanted)) &&
          (teamName === undefined || record.teamName === teamName) &&
          (state === undefined || record.state === state),
      );
      const workers = fits.slice(after, after + limit);
      return { workers, count: fits.length, ...(after + limit < fits.length && { next: after + limit }) };
    },
    'worker.teams': () => ({ teamNames: [...new Set(records().map(({ teamName }) => teamName))] }),
    'worker.get': ({ id }) => personOf(records(), id),
    'worker.portrait': () => ({ png: portrait() }),
  };
}
