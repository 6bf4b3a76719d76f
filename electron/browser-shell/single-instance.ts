import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';

/**
 * A name that ends with the process that holds it, so that a crash leaves nothing behind: a pipe on Windows, a socket in
 * the abstract name space on Linux.
 */
function lockName(dataFolder: string): string {
  const name = `enrol-desk-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 32)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`;
}

function listen(server: Server, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(name, () => resolve(true));
  });
}

/** Whatever comes of it: the one that is running may be ending just now. */
function callOther(name: string): Promise<void> {
  return new Promise((resolve) => {
    const line = connect(name).resume();
    line.once('error', () => resolve()).once('close', () => resolve());
  });
}

/**
 * One station for one data folder. Resolves with the function that lets the folder go, or with `undefined` when another
 * process has it; that one's `onAnotherStart` is then called, so that it can show itself.
 */
export async function claimDataFolder(
  dataFolder: string,
  onAnotherStart: () => void,
): Promise<(() => void) | undefined> {
  const name = lockName(dataFolder);
  const server = createServer((line) => {
    line.on('error', () => undefined).end();
    onAnotherStart();
  });
  if (await listen(server, name)) return () => void server.close();
  await callOther(name);
  return undefined;
}
