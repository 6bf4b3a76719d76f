import { z } from 'zod';
import { bytesSchema, errorSchema } from '../contract/basic.ts';
import { updateOrderSchema, updateStateSchema } from '../contract/update-calls.ts';
import { type Channel, Inbox } from './channel.ts';

const keySchema = bytesSchema.refine((key) => key.length === 32);

/** What wraps the shell's key, by name, and what did at the start before if it was something else. */
const keyStoreNoteSchema = z.object({ now: z.string(), isProtected: z.boolean(), before: z.string().optional() });
export type KeyStoreNote = z.infer<typeof keyStoreNoteSchema>;

/** What happens to the machine and the user's session that a station may want to know. */
const systemEventSchema = z.enum(['suspend', 'resume', 'lock-screen', 'unlock-screen']);
export type SystemEvent = z.infer<typeof systemEventSchema>;

/**
 * What a shell and its bridge process say to each other. The shell starts the bridge, tells it where its files are and
 * relays its clients; the bridge answers the heartbeat. In Electron a client's port is handed over instead of relayed
 * (`client-port`, with the port beside the message).
 */
export const startOptionsSchema = z.object({
  version: z.string(),
  /** Folder of the station's own files; it exists. */
  dataFolder: z.string(),
  /** Folder with `models/`, `codes/` and `capture-profiles/`. */
  assetsFolder: z.string(),
  /** The shell's own key, which wraps the data key; absent when the shell has none any more. */
  storeKey: keySchema.optional(),
  /** The user of the operating system: who acts while a file does not open and nobody can sign in. */
  operator: z.string(),
  /** Loopback port of the virtual reader's own control interface in practice mode; 0 for any. */
  practiceControlPort: z.int().min(0).max(65535).optional(),
  /** Whether a person is there to set up a station that is new. */
  offersFirstRun: z.boolean().optional(),
  /** What the station runs in, for support. */
  shell: z.object({ kind: z.enum(['electron', 'browser']), keyStore: keyStoreNoteSchema }).optional(),
});
export type StartOptions = z.infer<typeof startOptionsSchema>;

const client = z.int().min(0);

export const shellMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), options: startOptionsSchema }),
  z.object({ kind: z.literal('client-open'), client }),
  z.object({ kind: z.literal('client-port') }),
  z.object({ kind: z.literal('client-message'), client, message: z.unknown() }),
  z.object({ kind: z.literal('client-close'), client }),
  z.object({ kind: z.literal('ping'), beat: z.int() }),
  z.object({ kind: z.literal('system'), event: systemEventSchema }),
  /** What the shell does about updates, at every change and to every new bridge. */
  z.object({ kind: z.literal('updates'), state: updateStateSchema }),
  z.object({ kind: z.literal('stop') }),
]);
export type ShellMessage = z.infer<typeof shellMessageSchema>;

export const bridgeMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), practiceControl: z.string().optional(), sandbox: z.string().optional() }),
  z.object({ kind: z.literal('fatal'), error: errorSchema }),
  z.object({ kind: z.literal('client-message'), client, message: z.unknown() }),
  z.object({ kind: z.literal('pong'), beat: z.int() }),
  /** The shell is to keep this key as its own: the data was opened with the recovery key. */
  z.object({ kind: z.literal('keep-key'), key: keySchema }),
  z.object({ kind: z.literal('update-order'), order: updateOrderSchema }),
  z.object({ kind: z.literal('stopped') }),
]);
export type BridgeMessage = z.infer<typeof bridgeMessageSchema>;

/** The bridge's view of the clients that the shell relays: one channel for each. */
export class RelayedClients {
  readonly #send: (message: BridgeMessage) => void;
  readonly #inboxes = new Map<number, Inbox>();

  constructor(send: (message: BridgeMessage) => void) {
    this.#send = send;
  }

  open(number: number): Channel {
    const inbox = new Inbox();
    this.#inboxes.set(number, inbox);
    return {
      send: (message) => {
        if (!inbox.closed) this.#send({ kind: 'client-message', client: number, message });
      },
      onMessage: (listener) => inbox.listen(listener),
      onClose: (listener) => inbox.onClose(listener),
      close: () => this.close(number),
    };
  }

  deliver(number: number, message: unknown): void {
    this.#inboxes.get(number)?.deliver(message);
  }

  close(number: number): void {
    const inbox = this.#inboxes.get(number);
    this.#inboxes.delete(number);
    inbox?.close();
  }
}
