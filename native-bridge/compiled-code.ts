import { flushCompileCache } from 'node:module';

/** From the moment the station serves its pages: what the first screen asks for is compiled by then, and nobody waits. */
const keptAfterMs = 10_000;

/**
 * Keeps what V8 has compiled so far for the next start, which is a sixth quicker for it: Node itself would do so at the
 * process's end, but the shell ends a bridge that has put everything away, and a machine that is switched off asks nobody.
 * Does nothing where the shell named no folder for it; what cannot be written is not kept.
 */
export const keepCompiledCode = (): void => flushCompileCache();

/** Does so in good time; a process that ends before is not held up. */
export const keepCompiledCodeSoon = (): void => void setTimeout(keepCompiledCode, keptAfterMs).unref();
