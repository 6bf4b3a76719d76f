import { createHash } from 'node:crypto';

/** Names in ascending order, each directly followed by its value, between the secret and the secret; MD5, upper case. */
export function deviceSignature(parameters: ReadonlyMap<string, string>, body: string, secret: string): string {
  const named = new Map([...parameters, ['body', body] as const]);
  named.delete('signature');
  const names = [...named.keys()].sort();
  const text = names.map((name) => name + (named.get(name) ?? '')).join('');
  return createHash('md5')
    .update(secret + text + secret, 'utf8')
    .digest('hex')
    .toUpperCase();
}
