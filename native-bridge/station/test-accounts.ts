import type { StationClient } from '../contract/client.ts';
import { asStationError } from '../contract/errors.ts';
import type { Argument, CallName, Result } from '../contract/station.ts';

export const testPassword = 'nine lives of a cat';

/** Signs the administrator of this name in; they are made if the station has no account yet. */
export async function becomeAdministrator(client: StationClient, name: string): Promise<void> {
  const { state } = await client.call('account.state', {});
  const isFirst = state === 'practice' || state === 'first';
  await client.call(isFirst ? 'account.create-first' : 'account.sign-in', { name, password: testPassword });
}

/** A client at whose desk somebody signs in whenever the station asks for it, also after it was opened anew. */
export function signedIn(client: StationClient, name: string): StationClient {
  async function call<N extends CallName>(callName: N, argument: Argument<N>): Promise<Result<N>> {
    try {
      return await client.call(callName, argument);
    } catch (cause) {
      if (asStationError(cause).code !== 'account.not-signed-in') throw cause;
      await becomeAdministrator(client, name);
      return client.call(callName, argument);
    }
  }
  return {
    call,
    on: (event, listener) => client.on(event, listener),
    onConnection: (listener) => client.onConnection(listener),
  };
}
