import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  scryptSync,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openTwoStations } from './two-stations.ts';

/*
 * A second reader, written from docs/transfer-package.md alone: it shares no code with the first one, so that the
 * description is known to be enough, and a change of the format is noticed.
 */

const headSchema = z.object({
  id: z.string(),
  sender: z.object({ signingKey: z.string(), sealingKey: z.string() }),
  wraps: z.array(z.object({ kind: z.string(), salt: z.string().optional(), wrapped: z.string() })),
});
const partSchema = z.looseObject({ type: z.string() });
type Part = z.infer<typeof partSchema> & { readonly pictures: Buffer };

const raw = (text: string) => Buffer.from(text, 'base64url');
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

function opened(key: Uint8Array, nonce: Buffer, encrypted: Buffer, tag: Buffer, about: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(about).setAuthTag(tag);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

function read(file: Buffer, passphrase: string): { parts: Part[]; chain: string } {
  expect(file.toString('ascii', 0, 8)).toBe('ENROLPCK');
  expect(file.readUInt16BE(8)).toBe(1);
  const headEnd = 14 + file.readUInt32BE(10);
  const head = headSchema.parse(JSON.parse(file.toString('utf8', 14, headEnd)));
  const sender = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: head.sender.signingKey }, format: 'jwk' });
  const signs = (purpose: string, content: Buffer[], signature: Buffer) =>
    verify(null, Buffer.concat([Buffer.from(`${purpose}\n`), ...content]), sender, signature);
  const first = headEnd + 64;
  expect(signs('enrolpack-1 head', [file.subarray(0, headEnd)], file.subarray(headEnd, first))).toBe(true);
  const headHash = sha256(file.subarray(0, first));

  const wrap = head.wraps.find(({ kind }) => kind === 'passphrase');
  const cost = { N: 131072, r: 8, p: 1, maxmem: 200_000_000 };
  const wrapping = scryptSync(passphrase.normalize('NFKC').trim(), raw(wrap?.salt ?? ''), 32, cost);
  const wrapped = raw(wrap?.wrapped ?? '');
  const contentKey = opened(
    wrapping,
    wrapped.subarray(0, 12),
    wrapped.subarray(12, 44),
    wrapped.subarray(44),
    Buffer.from(head.id),
  );

  const parts: Part[] = [];
  let chain = headHash;
  let chainBeforeEnd = '';
  for (let at = first, index = 0; at < file.length; index += 1) {
    const header = file.subarray(at, at + 84);
    expect(header.toString('hex', 0, 16)).toBe(head.id.replaceAll('-', ''));
    expect(header.readUInt32BE(16)).toBe(index);
    expect(signs('enrolpack-1 chunk', [headHash, header], file.subarray(at + 84, at + 148))).toBe(true);
    const encrypted = file.subarray(at + 148, at + 148 + header.readUInt32BE(20));
    expect(sha256(encrypted)).toEqual(header.subarray(52, 84));
    const about = Buffer.concat([headHash, header.subarray(16, 20)]);
    const plain = opened(contentKey, header.subarray(24, 36), encrypted, header.subarray(36, 52), about);
    const jsonEnd = 4 + plain.readUInt32BE(0);
    parts.push({
      ...partSchema.parse(JSON.parse(plain.toString('utf8', 4, jsonEnd))),
      pictures: plain.subarray(jsonEnd),
    });
    chainBeforeEnd = chain.toString('hex');
    chain = sha256(chain, header.subarray(52, 84));
    at += 148 + encrypted.length;
  }
  return { parts, chain: chainBeforeEnd };
}

test('a reader written from the description alone reads a package', async () => {
  const stations = openTwoStations();
  try {
    const { a, stick } = stations;
    const ids = [1, 2].map(a.seal);
    const passphrase = 'mountain river 42';
    const request = {
      kind: 'copy',
      receiver: { passphrase },
      folder: stick,
      practice: false,
      actor: 'tester',
    } as const;
    const { path } = await a.store.transfers.export(request);
    const { parts, chain } = read(readFileSync(path), passphrase);
    expect(parts.map(({ type }) => type)).toEqual(['plan', 'record', 'record', 'end']);
    expect(parts.at(-1)).toMatchObject({ records: 2, chain, leftOut: [] });
    const recordSchema = z.object({
      id: z.string(),
      content: z.string(),
      contentHash: z.string(),
      media: z.array(z.object({ kind: z.string(), size: z.number() })),
      audit: z.array(z.looseObject({ hash: z.string() })),
    });
    for (const [index, part] of parts.slice(1, 3).entries()) {
      const { id, content, contentHash, media, audit } = recordSchema.parse(part);
      expect(id).toBe(ids[index]);
      let from = 0;
      const hashes = media.map(({ kind, size }) => {
        from += size;
        return [kind, sha256(part.pictures.subarray(from - size, from)).toString('hex')] as const;
      });
      expect(from).toBe(part.pictures.length);
      const pictures = JSON.stringify(Object.fromEntries(hashes.toSorted(([one], [other]) => (one < other ? -1 : 1))));
      expect(sha256(Buffer.from(`{"fields":${content},"media":${pictures}}`)).toString('hex')).toBe(contentHash);
      for (const { sequence, at, action, actor, detail, previous, hash } of audit)
        expect(
          sha256(Buffer.from(JSON.stringify([sequence, at, action, id, actor, detail, previous]))).toString('hex'),
        ).toBe(hash);
    }
  } finally {
    stations.close();
  }
});

test('a station opens with the agreement that is described', async () => {
  const stations = openTwoStations();
  try {
    const { a, b } = stations;
    a.seal(1);
    const file = readFileSync((await a.give(b)).path);
    const wrapSchema = z.object({
      kind: z.literal('station'),
      fingerprint: z.string(),
      ephemeralKey: z.string(),
      wrapped: z.string(),
    });
    const { id, wraps } = z
      .object({ id: z.string(), wraps: z.tuple([wrapSchema]) })
      .parse(JSON.parse(file.toString('utf8', 14, 14 + file.readUInt32BE(10))));
    const [{ fingerprint, ephemeralKey, wrapped }] = wraps;
    const own = b.store.transfers.own();
    const digits = sha256(raw(own.signingKey), raw(own.sealingKey)).toString('hex', 0, 10).toUpperCase();
    expect(fingerprint).toBe(digits.match(/.{4}/g)?.join('-'));
    const stored = z.object({ sealing: z.string() }).parse(b.store.settings.get('transfer.identity', z.unknown()));
    const privateKey = createPrivateKey({ key: Buffer.from(stored.sealing, 'base64'), format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeralKey }, format: 'jwk' });
    const shared = diffieHellman({ privateKey, publicKey });
    const salt = Buffer.concat([raw(ephemeralKey), raw(own.sealingKey)]);
    const key = new Uint8Array(hkdfSync('sha256', shared, salt, 'enrolpack-1 station', 32));
    const box = raw(wrapped);
    const contentKey = opened(key, box.subarray(0, 12), box.subarray(12, 44), box.subarray(44), Buffer.from(id));
    expect(contentKey).toHaveLength(32);
  } finally {
    stations.close();
  }
});
