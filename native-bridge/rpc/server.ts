import type { z } from 'zod';
import { asStationError, StationError } from '../contract/errors.ts';
import {
  type Argument,
  type CallName,
  calls,
  type EventName,
  events,
  type Payload,
  type Result,
} from '../contract/station.ts';
import type { Channel } from './channel.ts';
import { isCallName, type Reply, type Request, requestSchema } from './messages.ts';

/** The station's side of the contract: one function for every call. */
export type Handlers = { readonly [N in CallName]: (argument: Argument<N>) => Promise<Result<N>> };

export interface Served {
  publish<N extends EventName>(name: N, payload: Payload<N>): void;
}

export interface Serving {
  readonly handlers: Handlers;
  /** Throws when whoever is at the desk may not make this call; asked before its argument is looked at. */
  readonly demand: (name: CallName) => Promise<void> | void;
  /** Hears of errors that are bugs, for the log. */
  readonly onFault: (cause: unknown) => void;
}

/** Calls of one client at the same time; a page has a handful. */
const mostUnderWay = 64;

/** Which member of a value broke its schema; names only, never values. */
function whereOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => issue.path.map(String).join('.') || '(whole)')
    .join(', ');
}

async function invoke<N extends CallName>(handlers: Handlers, name: N, given: unknown): Promise<unknown> {
  const argument = calls[name].argument.safeParse(given);
  if (!argument.success) throw new StationError('rpc.bad-argument', whereOf(argument.error));
  const result = calls[name].result.safeParse(await handlers[name](argument.data as Argument<N>));
  if (!result.success) throw new StationError('rpc.bad-result', `${name}: ${whereOf(result.error)}`);
  return result.data;
}

async function answer({ handlers, demand, onFault }: Serving, request: Request): Promise<Reply> {
  try {
    if (!isCallName(request.name)) throw new StationError('rpc.unknown-call');
    await demand(request.name);
    return { kind: 'result', id: request.id, value: await invoke(handlers, request.name, request.argument) };
  } catch (cause) {
    const error = asStationError(cause);
    if (error.code === 'internal' || error.code === 'rpc.bad-result') onFault(cause);
    return { kind: 'error', id: request.id, error: { code: error.code, detail: error.detail } };
  }
}

/**
 * Answers calls on a channel until it closes. Arguments and results are checked with the contract's schemas; anything
 * else is refused with a code.
 */
export function serve(channel: Channel, serving: Serving): Served {
  let underWay = 0;
  channel.onMessage((message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) return channel.send({ kind: 'refused', error: { code: 'rpc.malformed' } } satisfies Reply);
    const { id } = request.data;
    if (underWay === mostUnderWay) {
      return channel.send({ kind: 'error', id, error: { code: 'rpc.too-many' } } satisfies Reply);
    }
    underWay++;
    void answer(serving, request.data)
      .then((reply) => channel.send(reply))
      .finally(() => underWay--);
  });
  return {
    publish: (name, payload) => {
      const checked = events[name].safeParse(payload);
      if (checked.success) channel.send({ kind: 'event', name, payload: checked.data } satisfies Reply);
      else serving.onFault(new StationError('rpc.bad-result', `${name}: ${whereOf(checked.error)}`));
    },
  };
}
