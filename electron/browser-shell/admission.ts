import type { IncomingHttpHeaders } from 'node:http';
import { isSameSecret } from './one-time-tokens.ts';

/** Who the server is, as a request has to name it. */
export interface Identity {
  readonly port: number;
  readonly session: string;
}

/** Cookies are shared by all ports of a host; the port in the name keeps two stations apart. */
export const cookieName = ({ port }: Identity): string => `enrol-desk-${port}`;

/** Readable by no script, and never sent along with a request that another site causes. */
export const sessionCookie = (identity: Identity): string =>
  `${cookieName(identity)}=${identity.session}; HttpOnly; SameSite=Strict; Path=/`;

/** A name that only resolves to this machine may not be used to reach the server: that would be DNS rebinding. */
export function isOwnHost(headers: IncomingHttpHeaders, { port }: Identity): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/** For sockets, which browsers open across origins without asking. */
export const isOwnOrigin = (headers: IncomingHttpHeaders): boolean => headers.origin === `http://${headers.host}`;

/**
 * Pages of another origin are told apart by the browser itself. Another port of this machine is the same site, so that its
 * pages would have our cookie sent along; they get nothing. A program without this header is no browser.
 */
export function isOwnPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function cookies(header: string): (readonly [name: string, value: string])[] {
  return header.split(';').map((pair) => {
    const [name = '', value = ''] = pair.trim().split('=');
    return [name, value];
  });
}

/** Whether the request comes from a page that a one-time address was opened in. */
export function hasSession(headers: IncomingHttpHeaders, identity: Identity): boolean {
  const own = cookies(headers.cookie ?? '').filter(([name]) => name === cookieName(identity));
  return own.some(([, value]) => isSameSecret(value, identity.session));
}
