import type { Transport } from '../../contract/reader.ts';

/** An open line to a reader. Bytes arrive in arbitrary pieces. */
export interface ByteLink {
  readonly kind: Exclude<Transport, 'pcsc' | 'sdtapi'>;
  /** What the operator calls it: a port name or `host:port`. */
  readonly address: string;
  write(bytes: Uint8Array): Promise<void>;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the line is lost or closed. */
  onClose(listener: () => void): void;
  /** Ends within about a second, even when the driver does not let go of the line; never rejects. */
  close(): Promise<void>;
}
