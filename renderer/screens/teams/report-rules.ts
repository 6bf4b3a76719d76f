import { zhTeams } from '../../i18n/zh-CN-teams.ts';

/*
 * The interface's rules for what is reported, for saying at once what is wrong with a form. The station looks by the same
 * rules before it keeps anything; what it finds comes as `field:reason` and is shown in the same place.
 */

export type ReportField = keyof typeof zhTeams.reports.field;
export type Fault = keyof typeof zhTeams.reports.fault;
export type Faults = Partial<Record<ReportField, Fault>>;

/** Something without entries is in order. */
const faults = (...found: readonly (readonly [ReportField, Fault | undefined])[]): Faults =>
  Object.fromEntries(found.filter(([, fault]) => fault !== undefined));

const missing = (text: string): Fault | undefined => (text.trim() === '' ? 'missing' : undefined);

/** A day that cannot lie ahead. */
const pastDay = (day: string, today: string): Fault | undefined =>
  missing(day) ?? (day > today ? 'in-future' : undefined);

/** The text as a number with at most so many decimals; undefined for anything else. */
export function numberIn(text: string, decimals: number): number | undefined {
  const shape = new RegExp(`^\\d{1,9}(\\.\\d{1,${decimals}})?$`);
  return shape.test(text.trim()) ? Number(text.trim()) : undefined;
}

function amount(text: string, decimals: number, least: number, most: number): Fault | undefined {
  const value = numberIn(text, decimals);
  if (value === undefined) return 'malformed';
  return value < least || value > most ? 'out-of-range' : undefined;
}

export const passageFaults = (date: string, today: string): Faults => faults(['date', pastDay(date, today)]);

export interface ContractTexts {
  readonly startDate: string;
  readonly endDate: string;
  readonly unit: string | undefined;
  readonly unitPrice: string;
}

/** Unit and price of piece work go together. */
function priceFault({ unit, unitPrice }: ContractTexts): Fault | undefined {
  if (unit === undefined) return undefined;
  return missing(unitPrice) ?? amount(unitPrice, 2, 0, 1e9);
}

function endFault({ startDate, endDate }: ContractTexts): Fault | undefined {
  return missing(endDate) ?? (endDate < startDate ? 'wrong-order' : undefined);
}

export const contractFaults = (texts: ContractTexts): Faults =>
  faults(['startDate', missing(texts.startDate)], ['endDate', endFault(texts)], ['unitPrice', priceFault(texts)]);

export interface TrainingTexts {
  readonly trainingDate: string;
  readonly trainingDuration: string;
  readonly trainingName: string;
  readonly trainingTypeCode: string | undefined;
}

export const trainingFaults = (texts: TrainingTexts, today: string): Faults =>
  faults(
    ['trainingDate', pastDay(texts.trainingDate, today)],
    ['trainingDuration', missing(texts.trainingDuration) ?? amount(texts.trainingDuration, 1, 0.1, 1000)],
    ['trainingName', missing(texts.trainingName)],
    ['trainingTypeCode', missing(texts.trainingTypeCode ?? '')],
  );

/** A score may be left out. */
export const scoreFault = (score: string): Fault | undefined =>
  score.trim() === '' ? undefined : amount(score, 1, 0, 100);

const isField = (name: string): name is ReportField => Object.hasOwn(zhTeams.reports.field, name);
const isFault = (name: string): name is Fault => Object.hasOwn(zhTeams.reports.fault, name);

/** What the station found, from the detail of `report.refused-here`. */
export function faultsIn(detail: string | undefined): Faults {
  const pairs = (detail ?? '').split(' ').map((pair) => pair.split(':'));
  return Object.fromEntries(
    pairs.flatMap(([field = '', fault = '']) =>
      field === '' ? [] : [[isField(field) ? field : 'other', isFault(fault) ? fault : 'malformed'] as const],
    ),
  );
}

/** China has one zone, UTC+8; the platform counts its days by it. */
export const chinaToday = (now = new Date()): string =>
  new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
