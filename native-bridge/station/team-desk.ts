import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import type { ProjectConnection } from '../contract/project-connection.ts';
import type { Argument, Result } from '../contract/station.ts';
import { type Company, companySchema } from '../contract/team-calls.ts';
import type { ComparedTeam, HeldTeam, TeamDetails, TeamEntry, TeamOffers, TeamPassage } from '../contract/team.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import type { BusinessConnector, BusinessUploads } from '../platform/business.ts';
import type { Acceptance, Outcome } from '../platform/connector.ts';
import type { Store } from '../store/open-store.ts';
import { demandAttachments } from './attachments.ts';
import { demandFlawless } from './complaints.ts';
import { compareTeams, heldTeamOf, listedTeamOf } from './compare-teams.ts';
import type { PlatformDesk, PlatformLink } from './platform-desk.ts';

export interface TeamDeskOptions {
  readonly store: Pick<Store, 'teams' | 'teamBook' | 'settings'>;
  readonly connection: ProjectConnection | undefined;
  readonly platform: Pick<PlatformDesk, 'link' | 'ask' | 'wake'>;
  readonly operator: () => string;
  /** When the outcome of a company is asked for, in milliseconds from one question to the next. */
  readonly outcomeWaitsMs?: readonly number[];
  readonly now: () => Date;
  readonly onChanged: () => void;
}

const outcomeWaitsMs = [1600, 3000, 5000] as const;

const nothingOffered: TeamOffers = {
  numbers: true,
  upload: false,
  details: false,
  list: 'none',
  reports: false,
  companies: false,
};

/** The teams of the connected project: kept here, brought to the platform, and compared with what it holds. */
export class TeamDesk {
  readonly #options: TeamDeskOptions;
  #compared: readonly ComparedTeam[] = [];

  constructor(options: TeamDeskOptions) {
    this.#options = options;
  }

  get offers(): TeamOffers {
    const link = this.#options.platform.link;
    if (link === undefined) return nothingOffered;
    const isWhole = link.business !== undefined;
    const { numbersTeams } = link;
    return {
      numbers: numbersTeams,
      upload: numbersTeams,
      details: isWhole,
      list: isWhole ? 'all' : 'members',
      reports: isWhole,
      companies: isWhole,
    };
  }

  overview() {
    const { connection } = this.#options;
    const teams = connection === undefined ? [] : this.#teams(connection.projectCode);
    return { teams, offers: this.offers, companies: this.#knownCompanies(teams) };
  }

  create(details: TeamDetails): TeamEntry {
    const { store, operator } = this.#options;
    const { projectCode, projectName } = this.#connection;
    const { teamName, corpCode, corpName, workType } = details;
    const isThere = store.teamBook
      .list(projectCode)
      .some((team) => team.teamName === teamName && team.corpCode === corpCode);
    if (isThere) throw new StationError('team.name-taken');
    const place = { projectCode, projectName, corpCode, corpName };
    const { id } = store.teams.add({ ...place, teamName, ...(workType && { workType }) });
    return this.#changed(store.teamBook.change(id, details, operator()));
  }

  change(id: string, details: TeamDetails): TeamEntry {
    const { store, operator } = this.#options;
    this.#own(id);
    return this.#changed(store.teamBook.change(id, details, operator()));
  }

  upload(id: string): TeamEntry {
    const { store, operator } = this.#options;
    if (!this.offers.upload) throw new StationError('platform.not-offered');
    this.#own(id);
    store.teamBook.want(id, operator());
    return this.#changed(store.teamBook.entry(id));
  }

  /** Throws `platform.not-offered` where nobody would be told of the day. */
  setPassage(id: string, passage: TeamPassage): TeamEntry {
    const { store, operator, now } = this.#options;
    if (!this.offers.details) throw new StationError('platform.not-offered');
    this.#own(id);
    demandAttachments(passage.attachments);
    if (passage.date > chinaDay(now())) throw new StationError('rpc.bad-argument', 'date');
    return this.#changed(store.teamBook.setPassage(id, passage, operator()));
  }

  async compare(): Promise<ComparedTeam[]> {
    const { platform } = this.#options;
    const { projectCode } = this.#connection;
    const held = await platform.ask((link) => heldTeams(link, projectCode));
    const compared = compareTeams(held, this.#teams(projectCode));
    this.#compared = compared;
    return compared;
  }

  takeOver(keys: readonly string[]): TeamEntry[] {
    const wanted = this.#compared.filter(({ key }) => keys.includes(key));
    if (wanted.length < keys.length) throw new StationError('store.not-found', 'compared team');
    const taken = wanted.flatMap(({ held, here }) => (held === undefined ? [] : [this.#take(held, here)]));
    this.#options.onChanged();
    return taken;
  }

  async companies(): Promise<Company[]> {
    const { projectCode } = this.#connection;
    const rows = await this.#ask((business) => business.query('sub-contractor', { projectCode }));
    const companies = rows.flatMap(({ corpCode, corpName }) => (corpCode && corpName ? [{ corpCode, corpName }] : []));
    this.#remember(companies);
    return companies;
  }

  async addCompany(added: Argument<'company.add'>): Promise<Result<'company.add'>> {
    const { corpType, registered, ...company } = added;
    const { projectCode } = this.#connection;
    if (registered !== undefined && !(await this.#isKnown(company.corpCode))) {
      const refusal = refusalOf(await this.#send('company', { ...company, ...registered }));
      if (refusal !== undefined) return refusal;
    }
    const outcome = await this.#send('sub-contractor', { projectCode, ...company, corpType });
    const refusal = refusalOf(outcome);
    if (refusal !== undefined) return refusal;
    const state = outcome.state === 'already-present' ? 'already-present' : 'done';
    this.#remember([company]);
    return { state };
  }

  /** Whether the platform knows the company at all, in whatever project. */
  async #isKnown(corpCode: string): Promise<boolean> {
    const rows = await this.#ask((business) => business.query('company', { corpCode }));
    return rows.some((row) => row['corpCode'] === corpCode);
  }

  async #send<K extends 'company' | 'sub-contractor'>(kind: K, upload: BusinessUploads[K]) {
    const answer = await this.#ask((business) => {
      demandFlawless(business.check(kind, upload));
      return business.send(kind, upload);
    });
    return answer.state === 'accepted' ? this.#companyOutcome(answer.serial) : answer;
  }

  /** The person waits for it; what takes longer shows in the platform's list. */
  async #companyOutcome(serial: string): Promise<Outcome> {
    for (const waitMs of this.#options.outcomeWaitsMs ?? outcomeWaitsMs) {
      await pause(waitMs);
      const outcome = await this.#ask((business) => business.outcome(serial));
      if (outcome.state !== 'waiting') return outcome;
    }
    return { state: 'waiting' };
  }

  #ask<T>(question: (business: BusinessConnector) => Promise<T>): Promise<T> {
    return this.#options.platform.ask(async ({ business }) => {
      if (business === undefined) throw new StationError('platform.not-offered');
      return question(business);
    });
  }

  #remember(companies: readonly Company[]): void {
    const { store, onChanged } = this.#options;
    const known = new Map([...this.#remembered, ...companies].map((company) => [company.corpCode, company]));
    store.settings.set(this.#companiesKey, [...known.values()]);
    onChanged();
  }

  get #remembered(): readonly Company[] {
    return this.#options.store.settings.get(this.#companiesKey, z.array(companySchema)) ?? [];
  }

  get #companiesKey(): string {
    return `companies ${this.#connection.projectCode}`;
  }

  #take(held: HeldTeam, here: TeamEntry | undefined): TeamEntry {
    const { store, operator } = this.#options;
    const { projectCode, projectName, corpCode, corpName } = this.#connection;
    const { corpCode: code = corpCode, corpName: name = corpName, teamName } = held;
    const id = here?.id ?? store.teams.add({ projectCode, projectName, corpCode: code, corpName: name, teamName }).id;
    const { corpCode: _code, corpName: _name, ...facts } = held;
    // A team with workers keeps its name here: the records say it.
    const { teamName: _teamName, ...besidesName } = facts;
    return store.teamBook.takeOver(id, (here?.workers ?? 0) > 0 ? besidesName : facts, operator());
  }

  #teams(projectCode: string): TeamEntry[] {
    const teams = this.#options.store.teamBook.list(projectCode);
    if (this.offers.numbers) return teams;
    return teams.map(({ teamSysNo: _number, ...team }) => team);
  }

  #knownCompanies(teams: readonly TeamEntry[]): Company[] {
    const { connection } = this.#options;
    const all = connection === undefined ? [] : [connection, ...teams, ...this.#remembered];
    const byCode = new Map(all.map(({ corpCode, corpName }) => [corpCode, { corpCode, corpName }]));
    return [...byCode.values()];
  }

  #changed(team: TeamEntry): TeamEntry {
    this.#options.onChanged();
    this.#options.platform.wake();
    return team;
  }

  #own(id: string): void {
    if (this.#options.store.teamBook.entry(id).projectCode !== this.#connection.projectCode)
      throw new StationError('store.not-found', 'team');
  }

  get #connection(): ProjectConnection {
    const { connection } = this.#options;
    if (connection === undefined) throw new StationError('platform.not-configured');
    return connection;
  }
}

/** Undefined where the platform has it now. */
function refusalOf(outcome: Outcome | Acceptance): Result<'company.add'> | undefined {
  if (outcome.state === 'waiting') return { state: 'waiting' };
  if (outcome.state === 'refused' || outcome.state === 'failed') return { state: 'refused', text: outcome.text };
  return undefined;
}

async function heldTeams({ business, connector }: PlatformLink, projectCode: string): Promise<HeldTeam[]> {
  if (business !== undefined) {
    const rows = await business.query('team', { projectCode });
    return rows.flatMap((row) => heldTeamOf(row) ?? []);
  }
  if (connector.listTeams === undefined) throw new StationError('platform.not-offered');
  return (await connector.listTeams()).map(listedTeamOf);
}
