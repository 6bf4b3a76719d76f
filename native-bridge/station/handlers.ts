import { StationError } from '../contract/errors.ts';
import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';
import { demandUsable } from './platform-desk.ts';
import { accountHandlers } from './account-calls.ts';
import { ageRuleHandlers, type AgeRuleHandlers } from './age-rule-calls.ts';
import { peopleRuleHandlers, type PeopleRuleHandlers } from './black-list-desk.ts';
import { peopleCodeHandlers } from './people-codes.ts';
import { platformHandlers, type PlatformHandlers } from './platform-calls.ts';
import { tableHandlers, type TableHandlers } from './code-table-calls.ts';
import { demandSigned } from './signature-rule.ts';
import { reviewHandlers } from './review-calls.ts';
import { reportHandlers } from './report-calls.ts';
import { teamHandlers } from './team-calls.ts';
import { printHandlers } from './print-calls.ts';
import { printerHandlers } from './printer-desk.ts';
import { heldWorkerHandlers } from './held-worker-calls.ts';
import { workerHandlers } from './worker-calls.ts';
import { captureProfileHandlers, type CaptureProfileHandlers } from './capture-profile-calls.ts';
import { expectedHandlers } from './expected-calls.ts';
import { firstRunHandlers } from './first-run.ts';
import { faceSearchHandlers } from './face-search-calls.ts';
import { cameraHandlers } from './camera-desk.ts';
import { livenessHandlers } from './liveness-calls.ts';
import { modelPackHandlers } from './model-pack-calls.ts';
import { recordLifeHandlers } from './record-life-calls.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { diagnosticsHandlers } from './diagnostics-desk.ts';
import { safetyHandlers } from './safety-calls.ts';
import { statisticsHandlers } from './statistics-calls.ts';
import { transferHandlers } from './transfer-calls.ts';

/** Every call but those about a station that does not open, and about the program itself; they are answered where it is opened. */
export type StationHandlers = Omit<Handlers, `recovery.${string}` | `updates.${string}` | 'keys.rekey'>;

/** Answered by the desk that knows. */
export function stationHandlers(station: RunningStation): StationHandlers {
  return {
    ...accountHandlers(station.accounts, station.session),
    ...firstRunHandlers(station.firstRun),
    ...deskHandlers(station),
    ...captureHandlers(station),
    ...queueHandlers(station),
    ...workerHandlers(station.parts.store, station.parts.connection?.projectCode),
    ...heldWorkerHandlers(station),
    ...recordLifeHandlers(station),
    ...reviewHandlers(station),
    ...teamHandlers(station),
    ...reportHandlers(station),
    ...expectedHandlers(station),
    ...statisticsHandlers(station),
    ...printHandlers(station.parts.store, station.operator),
    ...settingsHandlers(station),
    ...ageRuleHandlers(station),
    ...peopleRuleHandlers(station),
    ...tableHandlers(station.parts.tables),
    ...captureProfileHandlers(station),
    ...faceSearchHandlers(station),
    ...cameraHandlers(station.cameras),
    ...printerHandlers(station.parts.store.settings),
    ...livenessHandlers(station),
    ...modelPackHandlers(station.parts.modelPacks),
    ...platformHandlers(station.parts),
    ...peopleCodeHandlers(station.parts),
    ...practiceHandlers(station),
    ...transferHandlers(station.transfers),
    ...safetyHandlers(station),
    ...diagnosticsHandlers(station),
  };
}

type Group<Prefix extends string> = Pick<Handlers, Extract<keyof Handlers, `${Prefix}.${string}`>>;

function deskHandlers(station: RunningStation): Omit<Group<'station' | 'reader' | 'enrolment'>, keyof AgeRuleHandlers> {
  const { desk } = station;
  /** Runs one step and answers with what has become of the enrolment. */
  const after = <A>(step: (argument: A) => void) => {
    return (argument: A) =>
      new Promise<ReturnType<typeof station.current>>((resolve) => {
        step(argument);
        resolve(station.current());
      });
  };
  return {
    'station.status': () => Promise.resolve(station.status()),
    'reader.state': async () => station.readers.foremost,
    'reader.list': async () => ({ readers: [...station.readers.list] }),
    'reader.self-test': ({ id }) => station.readers.selfTests.run(id),
    'reader.self-tests': async () => ({ tests: station.readers.selfTests.running }),
    'reader.cancel-self-test': async ({ id }) => {
      station.readers.selfTests.cancel(id);
      return {};
    },
    'enrolment.current': () => Promise.resolve(station.current()),
    'enrolment.continue': after(() => desk.continueRestored()),
    'enrolment.consent': after((consent) => {
      // Evidence of a consent to a text that nobody was shown would be none.
      if (consent.textVersion !== station.status().consentTextVersion)
        throw new StationError('rpc.bad-argument', 'textVersion');
      demandSigned(station.parts.store, consent.signing, consent.signature !== undefined);
      desk.consent(consent);
      // Not before: the question itself gives the platform a number.
      station.blackList.ask(desk.demand().card?.fields.number ?? '');
    }),
    'enrolment.retake': after(() => desk.retake()),
    'enrolment.decide': after((decision) => desk.decide(decision)),
    'enrolment.set-fields': after((fields) => desk.setFields(fields)),
    'enrolment.discard': after(({ reason }) => desk.discard(reason)),
    'enrolment.seal': async () => ({ id: desk.seal().id }),
  };
}

function captureHandlers(station: RunningStation): Group<'capture'> {
  const { capture, cameras } = station;
  return {
    'capture.open': async ({ camera }) => {
      cameras.demandAllowed(camera);
      return { profile: capture.open(camera) };
    },
    'capture.frame': async ({ sequence, jpeg }) => {
      const guidance = await capture.frame(sequence, jpeg);
      // An empty stool in front of a camera that was left open is no sign of life.
      if (guidance.faceBox !== undefined) station.session.active();
      return guidance;
    },
    'capture.shoot': async () => {
      await capture.shoot();
      return station.current();
    },
    'capture.take-best': async ({ reason }) => {
      await capture.takeBest(reason);
      return station.current();
    },
    'capture.close': async () => {
      capture.close();
      return {};
    },
  };
}

function queueHandlers(station: RunningStation): Group<'queue'> {
  const { records, outbox, retention, reviews } = station.parts.store;
  return {
    'queue.list': async (query) => ({ records: records.list(query), counts: records.counts() }),
    'queue.photo': async ({ id }) => {
      const jpeg = retention.isLocked(id) ? undefined : records.photo(id);
      return jpeg === undefined ? {} : { jpeg };
    },
    'queue.retry': async ({ id }) => {
      if (reviews.isSentBack(id)) throw new StationError('review.sent-back');
      outbox.retryNow(id, station.operator());
      station.publishRecord(records.summary(id));
      station.platform.wake();
      return {};
    },
    'queue.pause': async () => {
      station.platform.pause(station.operator());
      return {};
    },
    'queue.resume': async () => {
      station.platform.resume(station.operator());
      return {};
    },
  };
}

function settingsHandlers(
  station: RunningStation,
): Omit<
  Group<'settings'>,
  | keyof TableHandlers
  | keyof PlatformHandlers
  | keyof AgeRuleHandlers
  | keyof PeopleRuleHandlers
  | keyof CaptureProfileHandlers
> {
  const { settings, dialects } = station.parts;
  return {
    'settings.get': async () => settings.visible(),
    'settings.set-readers': async (readers) => {
      settings.readers = readers;
      await station.readers.useSettings();
      return settings.visible();
    },
    'settings.connect-project': async (connection) => {
      if (!station.accounts.hasAccounts) throw new StationError('account.needed-first');
      demandUsable(connection, dialects);
      settings.connection = connection;
      return settings.visible();
    },
  };
}

function practiceHandlers(station: RunningStation): Group<'practice'> {
  const practice = (): PracticeDesk => {
    if (station.parts.practice === undefined) throw new StationError('reader.command-refused', 'not in practice mode');
    return station.parts.practice;
  };
  return {
    'practice.cards': async () => {
      const { cards, laid } = practice().cards();
      return laid === undefined ? { cards } : { cards, laid };
    },
    'practice.lay': async ({ name, portrait }) => {
      await practice().lay(name, portrait && (await station.capture.portraitFrom(portrait)));
      return {};
    },
    'practice.lift': async () => {
      practice().lift();
      return {};
    },
  };
}
