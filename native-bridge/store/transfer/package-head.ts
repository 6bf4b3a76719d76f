import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { canonicalJson } from '../canonical-json.ts';
import { wrapSchema } from './key-wrap.ts';
import { isSigned, publicKeyOf, publicStationSchema, signed } from './station-identity.ts';
import type { StationIdentity } from './station-identity.ts';

export const packageKindSchema = z.enum(['copy', 'hand-over', 'receipt']);
export type PackageKind = z.infer<typeof packageKindSchema>;

/** What anybody can read who holds the file: who sent it, when, and how much is meant to be in it. Nobody's data. */
const headSchema = z.strictObject({
  id: z.uuid(),
  kind: packageKindSchema,
  createdAt: z.iso.datetime(),
  practice: z.boolean(),
  /** Records that were chosen; the end of the package tells how many it has. */
  planned: z.int().min(0).max(1_000_000),
  sender: publicStationSchema,
  wraps: z.array(wrapSchema).min(1).max(4),
});
export type PackageHead = Readonly<z.infer<typeof headSchema>>;

/** A head with what the chunks are bound to. */
export interface OpenHead {
  readonly head: PackageHead;
  /** The head as it is in the file. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`. */
  readonly hash: Uint8Array;
}

const magic = Buffer.from('ENROLPCK', 'ascii');
const version = 1;
const prefixBytes = magic.length + 2 + 4;
const signatureBytes = 64;
const mostJsonBytes = 64 * 1024;
const purpose = 'enrolpack-1 head';

/** No head is longer. */
export const mostHeadBytes = prefixBytes + mostJsonBytes + signatureBytes;

const openHead = (head: PackageHead, bytes: Uint8Array): OpenHead => ({
  head,
  bytes,
  hash: new Uint8Array(createHash('sha256').update(bytes).digest()),
});

export function writeHead(head: PackageHead, identity: StationIdentity): OpenHead {
  const json = Buffer.from(canonicalJson(head), 'utf8');
  const prefix = Buffer.alloc(prefixBytes);
  magic.copy(prefix);
  prefix.writeUInt16BE(version, magic.length);
  prefix.writeUInt32BE(json.length, magic.length + 2);
  const content = Buffer.concat([prefix, json]);
  return openHead(head, new Uint8Array(Buffer.concat([content, signed(identity, purpose, content)])));
}

function parsed(json: Buffer): PackageHead {
  try {
    return headSchema.parse(JSON.parse(json.toString('utf8')));
  } catch (cause) {
    throw new StationError('transfer.damaged', 'head', { cause });
  }
}

/**
 * Reads the head from the beginning of a file, of which at least `mostHeadBytes` or all are given. Throws
 * `transfer.not-a-package`, `transfer.newer`, `transfer.damaged`.
 */
export function readHead(start: Uint8Array): OpenHead {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.length);
  if (bytes.length < prefixBytes || !bytes.subarray(0, magic.length).equals(magic))
    throw new StationError('transfer.not-a-package');
  const found = bytes.readUInt16BE(magic.length);
  if (found !== version) throw new StationError('transfer.newer', `format ${found}`);
  const jsonBytes = bytes.readUInt32BE(magic.length + 2);
  const signatureAt = prefixBytes + jsonBytes;
  if (jsonBytes > mostJsonBytes || signatureAt + signatureBytes > bytes.length)
    throw new StationError('transfer.damaged', 'head length');
  const head = parsed(bytes.subarray(prefixBytes, signatureAt));
  const whole = bytes.subarray(0, signatureAt + signatureBytes);
  const key = publicKeyOf('Ed25519', head.sender.signingKey);
  if (!isSigned(key, whole.subarray(signatureAt), purpose, whole.subarray(0, signatureAt)))
    throw new StationError('transfer.damaged', 'head signature');
  return openHead(head, new Uint8Array(whole));
}
