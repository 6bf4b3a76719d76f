import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkList } from '../capture/checks/check-list.ts';
import { type CaptureProfile, loadProfile, summaryOf } from '../capture/profile.ts';
import type { ListedProfile, ProfileRule } from '../contract/capture-profile-calls.ts';
import { StationError } from '../contract/errors.ts';
import type { Result } from '../contract/station.ts';
import type { Settings } from '../store/settings.ts';

/** What a project gets that has not chosen. */
const usualProfile = 'guangxi';
const settingsKey = 'captureProfiles';
/** Project code → name of the profile. */
const choicesSchema = z.record(z.string(), z.string());

/** The capture profiles that the program brings, and which of them the project uses. */
export class ProfileShelf {
  readonly #profiles: ReadonlyMap<string, CaptureProfile>;
  readonly #settings: Settings;
  readonly #projectCode: string;

  constructor(profiles: readonly CaptureProfile[], settings: Settings, projectCode: string) {
    this.#profiles = new Map(profiles.map((profile) => [profile.name, profile]));
    this.#settings = settings;
    this.#projectCode = projectCode;
  }

  /** The project's profile; the usual one also where a chosen one is no longer brought along. */
  get active(): CaptureProfile {
    const chosen = this.#choices()[this.#projectCode] ?? usualProfile;
    const profile = this.#profiles.get(chosen) ?? this.#profiles.get(usualProfile);
    if (profile === undefined) throw new StationError('internal', 'no capture profile');
    return profile;
  }

  choose(name: string): void {
    if (!this.#profiles.has(name)) throw new StationError('store.not-found', 'capture profile');
    this.#settings.set(settingsKey, { ...this.#choices(), [this.#projectCode]: name });
  }

  describe(): Result<'settings.capture-profiles'> {
    return { chosen: this.active.name, profiles: [...this.#profiles.values()].map(listed) };
  }

  #choices(): z.infer<typeof choicesSchema> {
    return this.#settings.get(settingsKey, choicesSchema) ?? {};
  }
}

/** Reads every profile of the folder. Throws `StationError('internal')` for one that is malformed. */
export async function readProfiles(folder: string): Promise<CaptureProfile[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => loadProfile(JSON.parse(text)));
}

function listed(profile: CaptureProfile): ListedProfile {
  const { note, unconfirmed } = profile;
  const rules = checkList.map((check) => ruleOf(profile, check));
  return { ...summaryOf(profile), ...(note && { note }), unconfirmed: unconfirmed.length, rules };
}

function ruleOf(profile: CaptureProfile, { name, unit }: (typeof checkList)[number]): ProfileRule {
  const { kind, limit, wanted } = profile.checks[name];
  const isDefault = profile.unconfirmed.some(({ path }) => path.startsWith(`checks.${name}.`));
  return { name, kind, limit, ...(wanted && { wanted }), unit, isDefault };
}
