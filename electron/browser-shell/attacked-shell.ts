import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { z } from 'zod';

/* For tests: the browser shell as it is, with the real bridge in practice mode behind it, and what an attacker does. */

const project = join(import.meta.dirname, '..', '..');
const readySchema = z.object({ url: z.string(), pid: z.int() });

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A program folder in which only the page is made up; shell and bridge run from their sources. */
function placeProgram(folder: string): string {
  const source = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  for (const name of ['browser-shell', 'bridge', 'renderer'])
    mkdirSync(join(folder, 'dist', name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3", "type": "module" }');
  writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), '<title>the page</title>');
  writeFileSync(join(folder, 'dist', 'bridge', 'main.js'), `import ${source('../../native-bridge/main.ts')};`);
  if (!existsSync(join(folder, 'assets'))) symlinkSync(join(project, 'assets'), join(folder, 'assets'), 'junction');
  const script = join(folder, 'dist', 'browser-shell', 'main.js');
  writeFileSync(
    script,
    `import { readShellOptions } from ${source('../shell-options.ts')};
     import { runBrowserShell } from ${source('./shell.ts')};
     await runBrowserShell(readShellOptions(process.argv.slice(2)), import.meta.dirname);
     process.exit(0);`,
  );
  return script;
}

export class AttackedShell {
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly url: URL;

  private constructor(folder: string, child: ChildProcess, url: string) {
    this.#folder = folder;
    this.#child = child;
    this.url = new URL(url);
  }

  /** `folder` of a shell that was ended and not removed starts that one again. */
  static async start(folder = mkdtempSync(join(tmpdir(), 'attacked-shell-'))): Promise<AttackedShell> {
    const argv = [placeProgram(folder), '--data-folder', join(folder, 'data'), '--no-open', '--print-address'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return new AttackedShell(folder, child, readySchema.parse(JSON.parse(line)).url);
  }

  /** Ends it as a system that shuts down does, and leaves its files. Gives the folder. */
  async end(signal: NodeJS.Signals): Promise<string> {
    const ended = once(this.#child, 'close');
    this.#child.kill(signal);
    await ended;
    return this.#folder;
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get port(): number {
    return Number(this.url.port);
  }

  /** Node's own client, because `fetch` would tidy up the paths and hosts that an attacker sends. */
  async ask(path: string, options: RequestOptions = {}): Promise<Answer> {
    const sent = request({ host: '127.0.0.1', port: this.port, path, ...options }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  }

  get startPath(): string {
    return this.url.pathname + this.url.search;
  }

  openSocket(headers: Readonly<Record<string, string>>): WebSocket {
    const { origin, ...others } = headers;
    return new WebSocket(`ws://127.0.0.1:${this.port}/station`, {
      headers: others,
      ...(origin !== undefined && { origin }),
    });
  }
}

/** The status with which a socket was refused. */
export async function refusalOf(socket: WebSocket): Promise<number | undefined> {
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return answer.statusCode;
}
