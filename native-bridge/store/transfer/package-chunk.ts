import { createCipheriv, createDecipheriv, createHash, type KeyObject, randomBytes } from 'node:crypto';
import { StationError } from '../../contract/errors.ts';
import { keyBytes, nonceBytes, tagBytes } from './key-wrap.ts';
import type { OpenHead } from './package-head.ts';
import { isSigned, signed } from './station-identity.ts';
import type { StationIdentity } from './station-identity.ts';

/*
 * A chunk is one part of a package: a header of 148 bytes and the encrypted part. The header is signed by itself, so
 * that nothing it says is believed, and no length allocated, before the signature holds.
 */

const markerBytes = 16;
const hashBytes = 32;
const signatureBytes = 64;
const at = {
  index: markerBytes,
  length: markerBytes + 4,
  nonce: markerBytes + 8,
  tag: markerBytes + 8 + nonceBytes,
  hash: markerBytes + 8 + nonceBytes + tagBytes,
  signature: markerBytes + 8 + nonceBytes + tagBytes + hashBytes,
} as const;

export const chunkHeaderBytes = at.signature + signatureBytes;

/** A record with a photo, a portrait, a signature and a certificate of the largest sizes stays below. */
export const mostChunkBytes = 16 * 1024 * 1024;

const purpose = 'enrolpack-1 chunk';

export interface ChunkHeader {
  readonly index: number;
  readonly length: number;
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  /** SHA-256 of the encrypted part. */
  readonly hash: Uint8Array;
}

/** First bytes of every chunk of a package: the package's id. */
export function markerOf({ head }: OpenHead): Buffer {
  return Buffer.from(head.id.replaceAll('-', ''), 'hex');
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest());

function about(head: OpenHead, index: number): Buffer {
  const place = Buffer.alloc(4);
  place.writeUInt32BE(index);
  return Buffer.concat([head.hash, place]);
}

/** What the whole file comes to: each chunk's hash after those before it, beginning with the head's. */
export const chained = (before: Uint8Array, hash: Uint8Array): Uint8Array => sha256(before, hash);

export interface Writing {
  readonly head: OpenHead;
  readonly contentKey: Uint8Array;
  readonly identity: StationIdentity;
}

export function writeChunk(
  { head, contentKey, identity }: Writing,
  index: number,
  part: Uint8Array,
): { readonly bytes: Uint8Array; readonly hash: Uint8Array } {
  if (part.length > mostChunkBytes) throw new StationError('transfer.record-unreadable', 'too large');
  // Random, not counted: a file cut and continued would use a counted one twice.
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', contentKey.subarray(0, keyBytes), nonce).setAAD(about(head, index));
  const encrypted = Buffer.concat([cipher.update(part), cipher.final()]);
  const hash = sha256(encrypted);
  const header = Buffer.alloc(chunkHeaderBytes);
  header.set(markerOf(head));
  header.writeUInt32BE(index, at.index);
  header.writeUInt32BE(encrypted.length, at.length);
  header.set(nonce, at.nonce);
  header.set(cipher.getAuthTag(), at.tag);
  header.set(hash, at.hash);
  header.set(signed(identity, purpose, head.hash, header.subarray(0, at.signature)), at.signature);
  return { bytes: new Uint8Array(Buffer.concat([header, encrypted])), hash };
}

/** The header at the beginning of `bytes`, or undefined when it is none that the sender signed for this package. */
export function readChunkHeader(head: OpenHead, key: KeyObject, bytes: Buffer): ChunkHeader | undefined {
  if (bytes.length < chunkHeaderBytes || !bytes.subarray(0, markerBytes).equals(markerOf(head))) return undefined;
  const signature = bytes.subarray(at.signature, chunkHeaderBytes);
  if (!isSigned(key, signature, purpose, head.hash, bytes.subarray(0, at.signature))) return undefined;
  const length = bytes.readUInt32BE(at.length);
  if (length > mostChunkBytes) return undefined;
  return {
    index: bytes.readUInt32BE(at.index),
    length,
    nonce: Uint8Array.from(bytes.subarray(at.nonce, at.tag)),
    tag: Uint8Array.from(bytes.subarray(at.tag, at.hash)),
    hash: Uint8Array.from(bytes.subarray(at.hash, at.signature)),
  };
}

/** The decrypted part, or undefined when it is not what the header announces. */
export function openChunk(
  head: OpenHead,
  contentKey: Uint8Array,
  header: ChunkHeader,
  encrypted: Uint8Array,
): Uint8Array | undefined {
  if (!Buffer.from(sha256(encrypted)).equals(header.hash)) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', contentKey, header.nonce, { authTagLength: tagBytes });
  decipher.setAAD(about(head, header.index)).setAuthTag(header.tag);
  try {
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]));
  } catch {
    return undefined;
  }
}
