/**
 * Builds `assets/codes/divisions.json` from registry packages: the six-digit division codes (GB/T 2260) that were ever
 * in use, with the names they had, in which years as far as a list tells, and whether they are still current.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyOf, withUndatedNames } from '../../native-bridge/enrolment/division-history.ts';
import { divisionFileSchema } from '../../native-bridge/enrolment/native-place.ts';
import { datedLists, newestDay, undatedLists } from './division-sources.ts';

const folder = join(import.meta.dirname, '..', '..', 'assets', 'codes');

const divisions = undatedLists().reduce(withUndatedNames, historyOf(datedLists()));
const text = JSON.stringify(divisionFileSchema.parse({ newest: newestDay, divisions }));
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'divisions.json'), text);
const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
console.log(`divisions: ${Object.keys(divisions).length} codes, sha256 ${hash}`);
