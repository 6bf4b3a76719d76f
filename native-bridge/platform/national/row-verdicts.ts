import type { Person, RowVerdict } from '../connector.ts';
import { fieldNamesIn } from './field-names.ts';
import type { Mask } from '../driver/masked-text.ts';
import { saysPresent } from './presence-text.ts';

/** One complaint, or one line of it, and the head line under which it stands. */
interface Statement {
  readonly text: string;
  readonly head: string;
}

const complaintEnd = /[;；]/;
const lineEnd = /[\r\n]+/;
const rowPlace = /\[[A-Za-z]{1,40}\]\s*\[(\d{1,4})\]/g;
const letters = /\p{L}/u;

function statementsIn(text: string): Statement[] {
  return text.split(complaintEnd).flatMap((complaint) => {
    const lines = complaint.split(lineEnd).filter((line) => line.trim() !== '');
    return lines.map((line) => ({ text: line, head: lines[0] ?? '' }));
  });
}

/** First six and last four places with nothing but stars between, as platforms hide a number themselves. */
function hiddenForm(number: string): RegExp {
  return new RegExp(`${number.slice(0, 6)}\\*+${number.slice(-4)}`, 'i');
}

const namesNumber = (text: string, { idCardNumber }: Person) => text.toUpperCase().includes(idCardNumber.toUpperCase());

/** Rows whom the statement names: by number, else by a number with stars or a name that fits only one of them. */
function rowsNamedIn(text: string, people: readonly Person[]): number[] {
  const rowsWhere = (isNamed: (person: Person) => boolean) =>
    people.flatMap((person, row) => (isNamed(person) ? [row] : []));
  const byNumber = rowsWhere((person) => namesNumber(text, person));
  if (byNumber.length > 0) return byNumber;
  const byHiddenNumber = rowsWhere(({ idCardNumber }) => hiddenForm(idCardNumber).test(text));
  if (byHiddenNumber.length === 1) return byHiddenNumber;
  const byName = rowsWhere(({ workerName }) => text.includes(workerName));
  return byName.length === 1 ? byName : [];
}

/** A line with nothing but a person says what its head line says. */
function wordsOf({ text, head }: Statement, { workerName, idCardNumber }: Person): string {
  const rest = text.replaceAll(workerName, '').replaceAll(idCardNumber, '').replaceAll(idCardNumber.toUpperCase(), '');
  return letters.test(rest) ? text : head;
}

function verdictOf(statement: Statement, row: number, person: Person, mask: Mask): RowVerdict {
  const words = wordsOf(statement, person);
  const text = mask(statement.text);
  if (saysPresent(words)) return { row, state: 'already-present', text };
  return { row, state: 'refused', text, fields: fieldNamesIn(words) };
}

function verdictsIn(statement: Statement, people: readonly Person[], mask: Mask): RowVerdict[] {
  const named = rowsNamedIn(statement.text, people);
  if (named.length > 0) {
    return named.flatMap((row) => {
      const person = people[row];
      return person === undefined ? [] : [verdictOf(statement, row, person, mask)];
    });
  }
  return [...statement.text.matchAll(rowPlace)].map(([, index]) => ({ row: Number(index), state: 'suspected' }));
}

const weight = { 'already-present': 0, suspected: 1, refused: 2 } as const;

/**
 * What the text of a failed request says about each of its workers, one verdict for a row at most: who is there already
 * but has another complaint as well needs the correction. Empty when nothing in the text can be laid to a row for sure,
 * as when it counts rows that the request did not have.
 */
export function rowVerdicts(text: string, people: readonly Person[], mask: Mask): RowVerdict[] {
  const found = statementsIn(text).flatMap((statement) => verdictsIn(statement, people, mask));
  if (found.some(({ row }) => row >= people.length)) return [];
  const heaviest = new Map<number, RowVerdict>();
  for (const verdict of found) {
    const before = heaviest.get(verdict.row);
    if (before === undefined || weight[verdict.state] > weight[before.state]) heaviest.set(verdict.row, verdict);
  }
  return [...heaviest.values()].sort((a, b) => a.row - b.row);
}
