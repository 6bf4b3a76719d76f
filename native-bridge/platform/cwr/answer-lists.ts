import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { unwrapJson } from '../driver/lenient-json.ts';

const listSchema = z.array(z.unknown());
const objectSchema = z.record(z.string(), z.unknown());

/**
 * The list in an answer: the answer itself, or the one member that is a list; no answer and a missing list are an empty
 * one. Throws `platform.bad-answer` for anything else: "not there" must never be said by mistake.
 */
export function listIn(data: unknown): readonly unknown[] {
  if (data === null || data === undefined || data === '') return [];
  const itself = listSchema.safeParse(data);
  if (itself.success) return itself.data.map(unwrapJson);
  const members = objectSchema.safeParse(data);
  if (!members.success) throw new StationError('platform.bad-answer', 'an answer without a list');
  const values = Object.values(members.data).map(unwrapJson);
  const lists = values.map((value) => listSchema.safeParse(value).data).filter((list) => list !== undefined);
  const [list = []] = lists;
  const isOpen = lists.length > 1 || (lists.length === 0 && values.some((value) => value !== null && value !== ''));
  if (isOpen) throw new StationError('platform.bad-answer', 'an answer without a list of its own');
  return list.map(unwrapJson);
}
