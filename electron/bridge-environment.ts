import { helperVariable } from '../native-bridge/contract/helper-node.ts';
import type { Policy } from './deployment-policy.ts';

export interface BridgeNeeds {
  /** The program that the bridge's own helpers run in; absent where it is the bridge's. */
  readonly helper?: string | undefined;
  /** Where the code that V8 has compiled is kept from one start to the next; absent where it is not kept. */
  readonly compiledCode?: string | undefined;
  readonly proxy?: Policy['proxy'];
}

/** The station's own parts, practice's among them. */
const loopback = ['127.0.0.1', '::1', 'localhost'];

/** Node's own names for it (https://nodejs.org/api/cli.html#node_use_env_proxy1). */
const proxyVariables = ({ url, except }: NonNullable<Policy['proxy']>): NodeJS.ProcessEnv => ({
  NODE_USE_ENV_PROXY: '1',
  HTTP_PROXY: url,
  HTTPS_PROXY: url,
  NO_PROXY: [...loopback, ...except].join(','),
});

/**
 * What the bridge process inherits. Opening a serial port whose device is out of reach holds a thread for half a minute,
 * and Node's four would be gone after four such ports. So many threads would each keep memory of their own under Linux
 * (glibc), where one after the other decodes a camera's frames: with one memory for all, what a frame gave back serves
 * the next one.
 */
export const bridgeEnvironment = ({ helper, compiledCode, proxy }: BridgeNeeds = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  UV_THREADPOOL_SIZE: '16',
  MALLOC_ARENA_MAX: '1',
  ...(helper !== undefined && { [helperVariable]: helper }),
  // Node's own name for it (https://nodejs.org/api/module.html#module-compile-cache).
  ...(compiledCode !== undefined && { NODE_COMPILE_CACHE: compiledCode }),
  ...(proxy !== undefined && proxyVariables(proxy)),
});
