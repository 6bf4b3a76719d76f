import { idSchema } from '../contract/basic.ts';
import type { CardReading } from '../contract/card.ts';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { RecordEvent, workerCalls, WorkerDetail } from '../contract/worker-calls.ts';
import { isTrainingDue } from '../enrolment/training-due.ts';
import type { Handlers } from '../rpc/server.ts';
import type { AuditRow } from '../store/audit.ts';
import type { Store } from '../store/open-store.ts';
import type { SealedDraft } from '../store/seal.ts';

export type WorkerHandlers = Pick<Handlers, keyof typeof workerCalls>;

function originOf(fields: CardReading['fields']): string | undefined {
  if (fields.kind === 'mainland') return fields.ethnicGroup;
  return 'nationality' in fields ? fields.nationality : undefined;
}

const shownConsent = ({
  textVersion,
  givenAt,
  signing,
  language,
}: SealedDraft['consent']): WorkerDetail['consent'] => ({
  ...{ textVersion, givenAt },
  ...(signing && { signing }),
  ...(language && { language }),
});

function detailOf({ card, team, fields, comparison, decision, consent, liveness }: SealedDraft): WorkerDetail {
  const address = card.newestAddress ?? ('address' in card.fields ? card.fields.address : undefined);
  const { kind, sexCode, birth, validTo } = card.fields;
  return {
    kind,
    sexCode,
    birth,
    origin: originOf(card.fields),
    address,
    validTo: validTo.kind === 'date' ? validTo.date : 'long-term',
    ageYears: card.ageYears,
    hasPortrait: card.portrait.state === 'decoded',
    fields,
    comparison,
    ...(decision && { decision }),
    ...(liveness && { liveness }),
    consent: shownConsent(consent),
    projectName: team.projectName,
    corpName: team.corpName,
  };
}

/** The trail's row without what is for support only. */
function eventOf({ at, action, actor, subject, detail }: AuditRow): RecordEvent {
  const state = (value: unknown) => recordStateSchema.safeParse(value).data;
  const [from, to] = [state(detail['from']), state(detail['to'])];
  return { recordId: idSchema.parse(subject), at, action, actor, ...(from && { from }), ...(to && { to }) };
}

function person(store: Store, id: string) {
  const records = store.workers.recordsOf(id);
  const history = records.flatMap((record) => store.audit.list(record.id)).toSorted((a, b) => b.sequence - a.sequence);
  const { draft } = store.records.load(id);
  const last = store.records.lastUpdateOf(draft.team.projectCode, draft.card.fields.number);
  const isDue = last !== undefined && isTrainingDue(last, new Date());
  return {
    records,
    detail: detailOf(draft),
    history: history.map(eventOf),
    ...(isDue && { trainingDueSince: last }),
  };
}

/** The calls about workers: the people of the connected project. */
export function workerHandlers(store: Store, projectCode: string | undefined): WorkerHandlers {
  return {
    'worker.search': async (search) =>
      projectCode === undefined ? { workers: [], count: 0 } : store.workers.search({ ...search, projectCode }),
    'worker.teams': async () => ({ teamNames: projectCode === undefined ? [] : store.workers.teamNames(projectCode) }),
    'worker.get': async ({ id }) => person(store, id),
    'worker.portrait': async ({ id }) => {
      const png = store.records.portrait(id);
      return png === undefined ? {} : { png };
    },
  };
}
