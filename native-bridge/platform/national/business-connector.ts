import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { BusinessConnector, BusinessKind, BusinessQuery } from '../business.ts';
import { readAcceptance } from './acceptance.ts';
import { complaintsIn } from './business-check.ts';
import { businessCodes } from './business-codes.ts';
import { businessData } from './business-data.ts';
import { businessMethods } from './business-fields.ts';
import { filterData, queryMethods, queryRow } from './business-queries.ts';
import type { NationalConnectorOptions } from './connector.ts';
import type { Dialect } from './dialect.ts';
import { nationalDialect } from './dialect.ts';
import { createFieldCipher } from './field-cipher.ts';
import { createMask } from '../driver/masked-text.ts';
import { createOpenApiClient, demandEnterpriseKey } from './open-api-client.ts';
import { readOutcome } from './outcome.ts';
import { allInPages } from './paged-query.ts';

/** 1 MB of Base64 text for one attachment. */
const attachmentCharacters = 1_048_576;

/** The dialect's own tables first, then those of the data standard. */
function codesOf(dialect: Dialect): (table: string) => ReadonlySet<string> | undefined {
  const own = new Map(
    Object.entries(dialect.codes).map(([table, entries]) => [table, new Set(entries.map(({ code }) => code))]),
  );
  return (table) => own.get(table) ?? businessCodes.get(table);
}

const oneRow = z.union([z.object({ rows: z.array(z.unknown()) }).transform(({ rows }) => rows), z.array(z.unknown())]);

/** The single object of a query without pages, whether it comes bare, in a list, or not at all. */
function rowsOf(data: unknown): readonly unknown[] {
  const list = oneRow.safeParse(data);
  if (list.success) return list.data;
  return data === null || data === undefined || data === '' ? [] : [data];
}

/**
 * The companies, teams, passages, contracts, trainings and attendance of platforms that speak `open.api`. Throws
 * `platform.not-configured` for a useless address or secret.
 */
export function createNationalBusiness(options: NationalConnectorOptions): BusinessConnector {
  const { dialect = nationalDialect, now = Date.now, ...access } = options;
  if (dialect.corpsign) demandEnterpriseKey(access);
  const client = createOpenApiClient({ ...access, now, dialect });
  const cipher = createFieldCipher(access.secret);
  const mask = createMask(access.secret);
  const { imagePrefix, limits } = dialect;
  const codes = codesOf(dialect);
  const checked = (kind: BusinessKind, upload: object) => {
    const setting = { imageCharacters: limits.imageCharacters, imagePrefix, attachmentCharacters, codes, now: now() };
    return complaintsIn(upload, businessMethods[kind].fields, setting);
  };
  return {
    offers: {
      sends: new Set(Object.keys(businessMethods) as BusinessKind[]),
      asks: new Set(Object.keys(queryMethods) as BusinessQuery[]),
    },
    mostRows: (kind) => {
      const lists = Object.values(businessMethods[kind].fields).flatMap(({ rule, required }) =>
        required && rule.kind === 'rows' ? [rule.most] : [],
      );
      return lists[0] ?? 1;
    },
    check: checked,
    async send(kind, upload) {
      const complaints = checked(kind, upload);
      if (complaints.length > 0) {
        throw new StationError('platform.record-refused', complaints.map(({ path }) => path).join(', '));
      }
      const { method, fields } = businessMethods[kind];
      return readAcceptance(await client.send(method, businessData(upload, fields, { cipher, imagePrefix })), mask);
    },
    async outcome(serial) {
      return readOutcome(await client.ask('AsyncHandleResult.Query', { requestSerialCode: serial }), serial, mask);
    },
    async query(query, filter) {
      const { method, paged } = queryMethods[query];
      const data = filterData(filter, cipher);
      const rows = paged
        ? await allInPages(client, { method, filter: data }, limits)
        : rowsOf(await client.ask(method, data));
      return rows.map((row) => queryRow(row, cipher));
    },
  };
}
