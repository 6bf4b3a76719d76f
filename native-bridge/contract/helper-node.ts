/*
 * Processes that the station starts beside itself run in a Node of their own. Electron's program would be one only with a
 * fuse that lets anybody run scripts with it, so a packaged program brings a Node, and its shell says where.
 */

/** Name of the variable that says where. */
export const helperVariable = 'ENROL_DESK_NODE';

/** What a process says of itself; Node's `process` is one. */
interface OwnProcess {
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly versions: Readonly<Record<string, string | undefined>>;
}

export interface HelperNode {
  readonly execPath: string;
  /** What the environment needs besides. */
  readonly extra: Readonly<Record<string, string>>;
}

/** The program that helpers run in: the one that was named, else this very one. */
export function helperNode({ execPath, env, versions }: OwnProcess): HelperNode {
  const named = env[helperVariable];
  if (named !== undefined) return { execPath: named, extra: {} };
  return { execPath, extra: versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' } };
}

/**
 * Where a file lies that was left outside the program's archive: what runs in a Node of its own or is read by native code
 * sees the archive as one file. Anywhere else the path is what it was.
 */
export const outsideArchive = (path: string): string =>
  path.replace(/([\\/])app\.asar(?=[\\/]|$)/, '$1app.asar.unpacked');
