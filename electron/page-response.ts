import { randomBytes } from 'node:crypto';
import { indexPath, type PageFile, type PageFiles } from './page-files.ts';

export interface PageResponse {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Stands in the built page where the nonce of each load belongs. */
export const nonceMark = '__CSP_NONCE__';

/**
 * What the page may load and reach: its own files, pictures and films that it made itself, and one socket. Styles carry a
 * nonce because the component library writes style elements.
 */
function contentSecurityPolicy(nonce: string, socket: string | undefined): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob: data:`,
    `media-src 'self' blob:`,
    `connect-src 'self'${socket === undefined ? '' : ` ${socket}`}`,
    `font-src 'self' data:`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

const denied = ['microphone', 'geolocation', 'display-capture', 'usb', 'serial', 'hid', 'midi', 'payment'];
const permissionsPolicy = ['camera=(self)', ...denied.map((feature) => `${feature}=()`)].join(', ');

/** Headers that every answer of a shell carries, whatever it answers. */
export function securityHeaders(nonce: string, socket: string | undefined): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(nonce, socket),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': permissionsPolicy,
    // The page belongs to one start of the program; a copy of it would outlive its nonce and its version.
    'Cache-Control': 'no-store',
  };
}

/** 128 random bits, as the policy's specification asks for at least. */
export const freshNonce = (): string => randomBytes(16).toString('base64');

/**
 * What the build names after its content never changes under its name. A browser that may keep it neither asks for it
 * again nor, after two starts, compiles it again.
 */
const forever = { 'Cache-Control': 'private, max-age=31536000, immutable' };
const isNamedAfterContent = (name: string): boolean => name.startsWith('/assets/');

function withNonce({ body }: PageFile, nonce: string): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(body);
  return new TextEncoder().encode(text.replaceAll(nonceMark, nonce));
}

/**
 * Answers a request for a file of the page, the same way in both shells. `path` is the path of the address as it came,
 * still encoded; `/` is the page itself. `socket` is the one WebSocket origin that the page may reach, if any.
 */
export function pageResponse(files: PageFiles, path: string, socket?: string): PageResponse {
  const nonce = freshNonce();
  const headers = securityHeaders(nonce, socket);
  const name = path === '/' ? indexPath : path;
  const file = files.get(name);
  if (file === undefined) {
    const body = new TextEncoder().encode('Not found');
    return { status: 404, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }, body };
  }
  const body = name === indexPath ? withNonce(file, nonce) : file.body;
  const kept = isNamedAfterContent(name) ? forever : {};
  return { status: 200, headers: { ...headers, ...kept, 'Content-Type': file.type }, body };
}
