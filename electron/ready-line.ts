import type { Service } from './supervisor.ts';

/**
 * The one line of JSON that `--print-address` promises. `url` is missing where a shell has no address, `fault` holds the
 * error code when the station could not be opened.
 */
export function readyLine({ practiceControl, sandbox, fault }: Service, url?: string): string {
  return JSON.stringify({ url, pid: process.pid, practiceControl, sandbox, fault: fault?.code });
}
