import { z } from 'zod';
import { recordStateSchema, workerFieldsSchema } from '../contract/enrolment.ts';
import { consentLanguageSchema, signingSchema } from '../contract/signing.ts';
import { jsonText, optional } from './column.ts';
import type { Database } from './database.ts';

/** What a worker's row of an export holds: the card's and the typed fields, without pictures. */
const exportedSchema = z.object({
  id: z.string(),
  name: z.string(),
  number: z.string(),
  kind: z.string(),
  sexCode: optional(z.string()),
  birth: optional(z.string()),
  address: optional(z.string()),
  nativePlace: z.string(),
  teamName: z.string(),
  corpName: z.string(),
  projectName: z.string(),
  fields: jsonText.pipe(workerFieldsSchema),
  sealedAt: z.string(),
  state: recordStateSchema,
  serial: optional(z.string()),
  consentVersion: z.string(),
  consentGivenAt: z.string(),
  isSigned: z.int().transform(Boolean),
  signing: optional(jsonText.pipe(signingSchema)),
  consentLanguage: optional(consentLanguageSchema),
});
export type ExportedWorker = z.infer<typeof exportedSchema>;

const ofCard = (name: string) => `json_extract(content, '$.card.fields.${name}')`;

/** The rows of records, without looking at their pictures; unknown, erased and locked ones are left out. */
export function exportedWorkers(database: Database, ids: readonly string[]): ExportedWorker[] {
  const sql = `
    SELECT records.id AS id, name, card_number AS number, ${ofCard('kind')} AS kind, ${ofCard('sexCode')} AS sexCode,
      ${ofCard('birth')} AS birth, coalesce(json_extract(content, '$.card.newestAddress'), ${ofCard('address')}) AS address,
      team_name AS teamName, json_extract(content, '$.team.corpName') AS corpName,
      json_extract(content, '$.team.projectName') AS projectName, json_extract(content, '$.fields') AS fields,
      json_extract(content, '$.card.nativePlace.name') AS nativePlace, sealed_at AS sealedAt, state, serial,
      json_extract(content, '$.consent.textVersion') AS consentVersion,
      json_extract(content, '$.consent.givenAt') AS consentGivenAt, json_extract(content, '$.consent.signed') AS isSigned,
      json_extract(content, '$.consent.signing') AS signing, json_extract(content, '$.consent.language') AS consentLanguage
    FROM json_each(@ids) JOIN records ON records.id = value JOIN outbox ON record_id = records.id
    WHERE records.id NOT IN (SELECT record_id FROM locks) ORDER BY key`;
  return database.rows(exportedSchema, sql, { ids: JSON.stringify(ids) });
}
