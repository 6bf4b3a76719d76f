import { StationError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { readPages } from './page-authentication.ts';
import type { PageReader } from './page-authentication.ts';
import { asStoreError } from './store-error.ts';

/** 64 pages take about a millisecond; with the pause the desk loses less than a tenth of its time, and 1 GB a minute. */
const pagesAtOnce = 64;
const pauseMs = 10;

/** Start-up has the first seconds to itself. */
const restMs = 5_000;

export interface PageWatchOptions {
  readonly file: string;
  readonly key: Uint8Array;
  /** Before the first look and between two, in milliseconds. */
  readonly restMs?: number;
  readonly pauseMs?: number;
}

export interface PageWatch {
  /** Fulfilled when every page was looked at, damage was found, or the watch was stopped. */
  readonly done: Promise<void>;
  stop(): void;
}

/** Looks at all pages in turn, from where `first` says; true when it has come to the end. */
function* looks(reader: PageReader): Generator<void> {
  for (let first = 1; ; first += pagesAtOnce) {
    const { damaged, end } = reader.look(first, pagesAtOnce);
    if (damaged !== undefined) throw new StationError('store.corrupt', `page ${damaged}`);
    if (end) return;
    yield;
  }
}

/**
 * Authenticates every page of a file that is open, portion by portion, once, and reports damage to its health. It reads
 * the file itself: that leaves SQLite's memory alone, and sees pages that no table uses as well. This program is the only
 * writer and writes in this very thread, so no page is met half written; the log is emptied first, so that what the
 * program's last end left half written is in place.
 *
 * What this cannot see is a whole page that is genuine but old, as a disk leaves it that loses a write. A backup reads
 * and checks everything, and finds that too.
 */
export function watchPages(database: Database, options: PageWatchOptions): PageWatch {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let isStopped = false;
  void stopped.then(() => (isStopped = true));
  const pause = (ms: number) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const passed = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms).unref()));
    return Promise.race([passed, stopped]).finally(() => clearTimeout(timer));
  };
  const watch = async () => {
    await pause(options.restMs ?? restMs);
    if (isStopped) return;
    database.checkpoint();
    const reader = readPages(options.file, options.key);
    try {
      for (const _ of looks(reader)) {
        await pause(options.pauseMs ?? pauseMs);
        if (isStopped) return;
      }
    } finally {
      reader.close();
    }
  };
  const done = watch().catch((cause: unknown) => {
    const error = asStoreError(cause);
    if (error.code === 'store.corrupt') database.health.report(error);
  });
  return { done, stop };
}
