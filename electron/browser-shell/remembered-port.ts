import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (dataFolder: string) => join(dataFolder, 'browser-shell-port');

/**
 * The port of the last start; 0 for any. A browser keeps the camera permission and the page's own settings by origin, and
 * the port is part of it: with another port every time, the operator would be asked every time.
 */
export function rememberedPort(dataFolder: string): number {
  try {
    const port = Number.parseInt(readFileSync(fileIn(dataFolder), 'utf8'), 10);
    return port >= 1024 && port <= 65535 ? port : 0;
  } catch {
    return 0;
  }
}

export const rememberPort = (dataFolder: string, port: number): void => writeFileSync(fileIn(dataFolder), `${port}\n`);
