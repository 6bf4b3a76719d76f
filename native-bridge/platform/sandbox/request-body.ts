import type { IncomingMessage } from 'node:http';
import { accepted, refused, type Checked } from './checked.ts';

// Five workers with two photos and two scans of the full size come to about 5.6 MB before URL-encoding.
const LONGEST_BODY_BYTES = 24 * 1024 * 1024;

/** Reads the whole body as UTF-8 text. */
export async function readBody(request: IncomingMessage): Promise<Checked<string>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return refused('请求体无法读取');
    length += chunk.length;
    if (length > LONGEST_BODY_BYTES) return refused('请求体过大');
    chunks.push(chunk);
  }
  try {
    return accepted(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refused('请求体不是UTF-8编码');
  }
}

/** True for the given media type; UTF-8 is the only charset that may be named beside it. */
export function hasMediaType(request: IncomingMessage, mediaType: string): boolean {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  return type?.trim() === mediaType && parameters.every((each) => /^\s*charset="?utf-8"?\s*$/.test(each));
}
