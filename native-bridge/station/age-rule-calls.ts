import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ageRuleCalls } from '../contract/age-rule-calls.ts';
import { type AgeRules, ageRulesSchema } from '../contract/age-rules.ts';
import type { Certificate } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { defaultAgeRules } from '../enrolment/age-rules.ts';
import { pictureLibrary } from '../pictures/picture-library.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Store } from '../store/open-store.ts';
import type { RunningStation } from './running-station.ts';

export type AgeRuleHandlers = Pick<Handlers, keyof typeof ageRuleCalls>;

const rulesKey = 'ages.rules';
const keptRulesSchema = z.object({ own: ageRulesSchema.optional() });

/** The rules that a project has of its own; `undefined` while the built-in ones hold. */
const ownRules = ({ settings }: Pick<Store, 'settings'>): AgeRules | undefined =>
  settings.get(rulesKey, keptRulesSchema)?.own;

/** The rules about ages as they hold now. */
export const ageRulesOf = (store: Pick<Store, 'settings'>): AgeRules => ownRules(store) ?? defaultAgeRules;

const ownTitle = { zh: '本项目自定规则', en: "This project's own rules" };

/** Most pixels of a side: what is written on a sheet of paper stays readable. */
const longestSide = 2200;

/** What a platform takes as an attachment, with room for its Base64 text. */
const mostBytes = 780_000;

async function photoOf(file: Uint8Array): Promise<Uint8Array> {
  const sharp = await pictureLibrary();
  // Turned as it was held; place and time of the telephone are left out.
  const upright = sharp(file, { limitInputPixels: 120_000_000 }).rotate();
  const fitted = upright.resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true });
  for (const quality of [82, 70, 55]) {
    const jpeg = await fitted.clone().jpeg({ quality }).toBuffer();
    if (jpeg.length <= mostBytes) return Uint8Array.from(jpeg);
  }
  throw new StationError('enrolment.certificate-unreadable', 'too large');
}

const isPdf = (file: Uint8Array) => Buffer.from(file.subarray(0, 5)).toString('latin1') === '%PDF-';

/** A certificate as it is kept. Throws `enrolment.certificate-unreadable`. */
export async function certificateFrom(file: Uint8Array): Promise<Pick<Certificate, 'mediaType' | 'bytes'>> {
  if (isPdf(file) && file.length <= 1_000_000) return { mediaType: 'application/pdf', bytes: file };
  try {
    return { mediaType: 'image/jpeg', bytes: await photoOf(file) };
  } catch (cause) {
    // A picture library's own words may repeat what is in a file.
    throw cause instanceof StationError ? cause : new StationError('enrolment.certificate-unreadable');
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function settingHandlers(station: RunningStation): Omit<AgeRuleHandlers, `enrolment.${string}`> {
  const { store } = station.parts;
  const shown = () => ({ rules: ageRulesOf(store), own: ownRules(store) !== undefined });
  const keep = (own: AgeRules | undefined) => {
    store.settings.set(rulesKey, own === undefined ? {} : { own });
    const detail = {
      rules: ageRulesOf(store).rules.map(({ id, years, level, certificateAdmits }) => {
        return { id, years, level, certificateAdmits };
      }),
    };
    store.audit.append({ action: 'ages.configured', subject: 'station', actor: station.operator(), detail });
    station.desk.rulesChanged();
    return shown();
  };
  return {
    'settings.age-rules': async () => shown(),
    'settings.set-age-rules': async (rules) => keep({ ...rules, title: ownTitle }),
    'settings.reset-age-rules': async () => keep(undefined),
  };
}

/** The calls about the site's rules about ages, and about certificates that let somebody through. */
export function ageRuleHandlers(station: RunningStation): AgeRuleHandlers {
  const { desk, operator } = station;
  const { audit } = station.parts.store;
  return {
    ...settingHandlers(station),
    'enrolment.attach-certificate': async ({ file }) => {
      const { id } = desk.demand();
      const kept = await certificateFrom(file);
      desk.certificateGiven(id, kept);
      const detail = { mediaType: kept.mediaType, sha256: sha256(kept.bytes) };
      audit.append({ action: 'certificate.attached', subject: id, actor: operator(), detail });
      return station.current();
    },
    'enrolment.remove-certificate': async () => {
      const { id } = desk.demand();
      desk.certificateTakenAway();
      audit.append({ action: 'certificate.removed', subject: id, actor: operator() });
      return station.current();
    },
  };
}
