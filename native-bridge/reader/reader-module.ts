import type { Transport } from '../contract/reader.ts';
import type { SamCommand } from './sam/commands.ts';
import type { SamAnswer } from './sam/frames.ts';

/** How a line has behaved since it was opened; all zero where the transport keeps no such account. */
export interface LineFigures {
  readonly droppedBytes: number;
  readonly badChecks: number;
  readonly resends: number;
}

/** Something that answers the security module's commands, whatever lies between. One command is under way at a time. */
export interface ReaderModule {
  /**
   * Sends one command and returns the module's answer, whatever its status. Rejects with `reader.no-answer`,
   * `reader.link-fault`, `reader.unplugged` or another `reader.*` code of its transport.
   */
  exchange(command: SamCommand): Promise<SamAnswer>;
  readonly figures: LineFigures;
  /** Gives the line back; what waits for an answer fails at once. Never rejects. */
  close(): Promise<void>;
}

/** A reader that answered, with the identity it gave. */
export interface OpenReader {
  readonly module: ReaderModule;
  readonly transport: Transport;
  /** What the operator calls it: a port name, `host:port`, or the reader's name. */
  readonly address: string;
  readonly samNumber: string;
  readonly baudRate?: number;
  readonly model?: string;
  /** Driver or library between us and the reader, with its version. */
  readonly driver?: string;
}

/** A place where a reader may be. */
export interface ReaderPort {
  /** Unique among all ports: transport, colon, and what the operator calls it, for example `serial:COM3`. */
  readonly key: string;
  /** Whether what is there is known to be a reader (by its USB ids); a serial port may be anything. */
  readonly isKnownReader: boolean;
  /**
   * Opens the reader and asks for its number. Rejects with a `reader.*` code; then, and when `signal` calls it off, the
   * port has been given back.
   */
  open(signal: AbortSignal): Promise<OpenReader>;
}

/** Finds the ports of one transport. */
export interface ReaderFinder {
  /** The ports that exist now. Never rejects: a transport that cannot be searched has none. */
  ports(): Promise<readonly ReaderPort[]>;
}
