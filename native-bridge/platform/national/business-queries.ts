import { z } from 'zod';
import type { BusinessQuery, QueryFilter, QueryRow } from '../business.ts';
import type { FieldCipher } from './field-cipher.ts';

/** Methods that ask, with whether they come in pages. */
export const queryMethods: Readonly<Record<BusinessQuery, { readonly method: string; readonly paged: boolean }>> = {
  company: { method: 'Corp.Query', paged: false },
  project: { method: 'Project.Query', paged: false },
  'sub-contractor': { method: 'ProjectSubContractor.Query', paged: true },
  team: { method: 'Team.Query', paged: true },
  worker: { method: 'ProjectWorker.Query', paged: true },
  'entry-exit': { method: 'WorkerEntryExit.Query', paged: true },
  contract: { method: 'WorkerContract.Query', paged: true },
  training: { method: 'ProjectTraining.Query', paged: true },
  attendance: { method: 'WorkerAttendance.Query', paged: true },
  payroll: { method: 'Payroll.Query', paged: true },
  person: { method: 'Worker.Query', paged: true },
  'person-credential': { method: 'WorkerCredential.Query', paged: true },
  'person-good-record': { method: 'WorkerGoodRecord.Query', paged: true },
  'person-bad-record': { method: 'WorkerBadRecord.Query', paged: true },
  'person-black-list': { method: 'WorkerBlackList.Query', paged: true },
  'company-credential': { method: 'CorpCredential.Query', paged: true },
  'company-good-record': { method: 'CorpGoodRecord.Query', paged: true },
  'company-bad-record': { method: 'CorpBadRecord.Query', paged: true },
  'company-black-list': { method: 'CorpBlackList.Query', paged: true },
};

/** Fields that come and go encrypted, in every object of the interface. */
const secretFields: ReadonlySet<string> = new Set([
  'idCardNumber',
  'payRollBankCardNumber',
  'payBankCardNumber',
  'bankNumber',
  'pmIDCardNumber',
  'legalManIDCardNumber',
  'responsiblePersonIDNumber',
  'teamLeaderIDNumber',
  'builderLicenseNum',
  'buildPlanNum',
  'prjPlanNum',
]);

/** A filter as it is sent. */
export const filterData = (filter: QueryFilter, cipher: FieldCipher): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [
      name,
      secretFields.has(name) ? cipher.encrypt(String(value)) : value,
    ]),
  );

const looseRow = z.record(z.string(), z.unknown());

function textIn(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/**
 * A row of an answer as plain texts. Yes and no arrive as booleans or as numbers, numbers as texts: all become text. A
 * number that was not encrypted with our secret is taken as it stands, for some platforms do not encrypt.
 */
export function queryRow(row: unknown, cipher: FieldCipher): QueryRow {
  const entries = Object.entries(looseRow.safeParse(row).data ?? {}).flatMap(([name, value]) => {
    const text = textIn(value);
    if (text === undefined) return [];
    return [[name, secretFields.has(name) ? (cipher.decrypt(text) ?? text) : text] as const];
  });
  return Object.fromEntries(entries);
}
