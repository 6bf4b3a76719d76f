import { helperVariable } from '../native-bridge/contract/helper-node.ts';

/**
 * What the bridge process inherits. Opening a serial port whose device is out of reach holds a thread for half a minute,
 * and Node's four would be gone after four such ports.
 */
export const bridgeEnvironment = (helper?: string): NodeJS.ProcessEnv => ({
  ...process.env,
  UV_THREADPOOL_SIZE: '16',
  ...(helper !== undefined && { [helperVariable]: helper }),
});
