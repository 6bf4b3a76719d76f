import { summaryOf } from '../capture/profile.ts';
import { presentConsentVersions } from '../contract/face-search.ts';
import type { StationStatus } from '../contract/station.ts';
import { minimumYears } from '../enrolment/age-rules.ts';
import { backupLamp } from './backup-calls.ts';
import { isSignatureRequired } from './signature-rule.ts';
import type { RunningStation } from './running-station.ts';

/** What the frame and the Enrol screen show of the station at `now`. */
export function statusOf(station: RunningStation, version: string, now: Date): StationStatus {
  const { store, profiles, practice, faceTrouble, connection } = station.parts;
  const team = station.team();
  const damage = store.health.trouble();
  const { delivery, paused, state } = station.platform;
  const backup = backupLamp(station);
  const { step, isAgain } = station.firstRun;
  return {
    version,
    practice: practice !== undefined,
    ...(step && { firstRun: step }),
    ...(step && isAgain && { firstRunAgain: true as const }),
    ...(team && { team }),
    platform: state,
    gates: [...station.gates.gates()],
    ...(delivery && { delivery }),
    ...(paused && { sendingPaused: paused }),
    openReviews: store.reviews.open(),
    unsent: store.records.unsent(),
    today: connection === undefined ? { enrolled: 0 } : store.figures.today(connection.projectCode, now),
    ...(backup && { backup }),
    ...(faceTrouble && { faceTrouble }),
    ...(damage && { storeTrouble: { code: damage.code, detail: damage.detail } }),
    profile: summaryOf(profiles.active),
    consentTextVersion: presentConsentVersions[station.faceSearch.isOn ? 'search' : 'plain'],
    ...(isSignatureRequired(store) && { signatureRequired: true as const }),
    minimumAgeYears: minimumYears,
  };
}
