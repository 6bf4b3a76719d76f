import type { WorkerFields } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { recordLifeCalls } from '../contract/record-life-calls.ts';
import { withAgeFinding } from '../enrolment/age-rules.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import { demandSealable, withFields } from '../enrolment/draft.ts';
import type { Handlers } from '../rpc/server.ts';
import { ageRulesOf } from './age-rule-calls.ts';
import type { RunningStation } from './running-station.ts';

type RecordLifeHandlers = Pick<Handlers, keyof typeof recordLifeCalls>;

/** Seals the correction of a record; what must not be empty at sealing must not be emptied afterwards either. */
function correct({ parts, operator }: RunningStation, id: string, fields: WorkerFields, teamId: string): string {
  const { correction, records, teams } = parts.store;
  const { team: present } = correction.correctable(id);
  const team = teamId === present.id ? present : teams.find(teamId);
  if (team === undefined) throw new StationError('store.not-found', 'team');
  const { draft } = records.load(id);
  const corrected = withFields({ ...draft, team }, fields);
  // Who has grown older since is not refused a new telephone number; another trade is a matter of the rules again.
  const isOtherTrade = fields.workType !== draft.fields.workType;
  demandSealable(isOtherTrade ? withAgeFinding(corrected, ageRulesOf(parts.store), chinaDay(new Date())) : corrected);
  return correction.correct(id, { fields: corrected.fields, team }, operator()).id;
}

function limitHandlers({ parts, gates, operator }: RunningStation): Pick<Handlers, 'limits.get' | 'limits.set'> {
  const { retention, audit } = parts.store;
  const current = () => ({ gates: gates.limits, retention: retention.settings() });
  return {
    'limits.get': async () => current(),
    'limits.set': async (limits) => {
      gates.limits = limits.gates;
      audit.append({
        action: 'gates.configured',
        subject: 'station',
        actor: operator(),
        detail: { limits: limits.gates },
      });
      retention.configure(limits.retention, operator());
      return current();
    },
  };
}

/** The calls about what becomes of a record after sealing. */
export function recordLifeHandlers(station: RunningStation): RecordLifeHandlers {
  const { records, withdrawal, correction, retention, history } = station.parts.store;
  return {
    ...limitHandlers(station),
    'record.history': async ({ id }) => history.of(id),
    'record.withdraw': async ({ id, reason, note }) => {
      withdrawal.withdraw(id, reason, note, station.operator());
      station.publishRecord(records.summary(id));
      return {};
    },
    'record.correctable': async ({ id }) => correction.correctable(id),
    'record.correct': async ({ id, fields, teamId }) => {
      const newer = correct(station, id, fields, teamId);
      station.publishRecord(records.summary(id));
      station.publishRecord(records.summary(newer));
      station.platform.wake();
      return { id: newer };
    },
    'record.erase': async ({ id, reason }) => {
      const { locked, erased } = retention.wish(id, reason, station.operator());
      for (const each of locked) station.publishRecord(records.summary(each));
      station.publishErased(erased);
      return { locked: locked.length, erased: erased.length };
    },
    'record.locked': async (query) => ({ records: records.list({ ...query, locked: true }) }),
  };
}
