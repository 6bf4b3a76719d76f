import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordNews } from './record-news.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function heard() {
  const said: string[] = [];
  const news = new RecordNews({
    records: (ids) => said.push(`records ${ids.join(' ')}`),
    status: () => said.push('status'),
  });
  return { said, news };
}

test('tells the first change at once and those that follow together, each record once', () => {
  const { said, news } = heard();
  news.recordChanged('a');
  expect(said).toEqual(['records a', 'status']);
  for (const id of ['b', 'c', 'b', 'a']) news.recordChanged(id);
  expect(said).toHaveLength(2);
  vi.runAllTimers();
  expect(said).toEqual(['records a', 'status', 'records b c a', 'status']);
});

test('is ready at once again after a quiet time, and says nothing by itself', () => {
  const { said, news } = heard();
  news.statusChanged();
  vi.runAllTimers();
  expect(said).toEqual(['status']);
  news.recordChanged('a');
  expect(said).toEqual(['status', 'records a', 'status']);
});

test('says nothing after the end', () => {
  const { said, news } = heard();
  news.recordChanged('a');
  news.recordChanged('b');
  news.stop();
  vi.runAllTimers();
  expect(said).toEqual(['records a', 'status']);
});
