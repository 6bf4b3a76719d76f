import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { accepted, refused, type Checked } from './checked.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const AES_BLOCK_BYTES = 16;

const [capitalA, capitalZ, toSmall] = [0x41, 0x5a, 0x20];

/**
 * The text lower-cased, in UTF-8. A call with pictures is half a million characters of Base64 with some Chinese, which
 * `toLowerCase` takes twenty times as long for as a look at its bytes; letters outside of ASCII are rare.
 */
function lowerCased(text: string): Uint8Array {
  const beyondAscii = text.replaceAll(/[\0-\x7f]+/g, '');
  if (beyondAscii.toLowerCase() !== beyondAscii) return Buffer.from(text.toLowerCase(), 'utf8');
  const bytes = Buffer.from(text, 'utf8');
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= capitalA && byte <= capitalZ) bytes[index] = byte + toSmall;
  }
  return bytes;
}

/**
 * The `sign` of a request: SHA-256 (lower-case hex) over all parameters except `sign`, sorted by name, not URL-encoded,
 * followed by `&appsecret=` and the secret, the whole text lower-cased first.
 */
export function signatureOf(parameters: Iterable<readonly [string, string]>, secret: string): string {
  const pairs = [...parameters].filter(([name]) => name !== 'sign').sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [...pairs, ['appsecret', secret] as const].map(([name, value]) => `${name}=${value}`).join('&');
  return createHash('sha256').update(lowerCased(text)).digest('hex');
}

function keyAndVector(secret: string): [Buffer, Buffer] {
  return [Buffer.from(secret.slice(0, 32), 'utf8'), Buffer.from(secret.slice(0, 16), 'utf8')];
}

/** AES-256-CBC, PKCS#7, key = the 32-character secret, IV = its first 16 characters; standard Base64 on one line. */
export function encryptField(plain: string, secret: string): string {
  const cipher = createCipheriv('aes-256-cbc', ...keyAndVector(secret));
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

function looksLikeCipherText(text: string): boolean {
  if (text.length === 0 || !BASE64.test(text)) return false;
  return Buffer.from(text, 'base64').length % AES_BLOCK_BYTES === 0;
}

/** The plain text of an encrypted field. Clear text and text of another key are told apart, for the operator's sake. */
export function decryptField(cipherText: string, secret: string): Checked<string> {
  if (!looksLikeCipherText(cipherText)) return refused('必须为AES加密后的Base64密文，不接受明文');
  try {
    const decipher = createDecipheriv('aes-256-cbc', ...keyAndVector(secret));
    const plain = Buffer.concat([decipher.update(cipherText, 'base64'), decipher.final()]);
    return accepted(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch {
    return refused('AES解密失败，请检查密钥');
  }
}
