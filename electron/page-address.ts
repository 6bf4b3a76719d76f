import { type PageFiles } from './page-files.ts';
import { pageResponse } from './page-response.ts';

/** The page's own scheme. It is no file and no server, so nothing else on the machine shares its origin. */
export const pageScheme = 'enrol-desk';
export const pageAddress = `${pageScheme}://app/`;

/**
 * Whether an address is one of the page. Compared part by part after parsing: a text that only begins like the page's
 * address (`enrol-desk://app.evil/`) is another host.
 */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${pageScheme}:` && host === 'app' && username === '' && password === '';
}

/** Answers a request for the page's scheme. */
export function answerPageRequest(files: PageFiles, { url, method }: Pick<Request, 'url' | 'method'>): Response {
  if (!isPageAddress(url)) return new Response('Not this page', { status: 421 });
  if (method !== 'GET' && method !== 'HEAD') return new Response('Not allowed', { status: 405 });
  const { status, headers, body } = pageResponse(files, new URL(url).pathname);
  return new Response(method === 'HEAD' ? null : body, { status, headers });
}
