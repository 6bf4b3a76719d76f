import { describe, expect, it } from 'vitest';
import { answerPageRequest } from './page-address.ts';
import type { PageFiles } from './page-files.ts';

const bytes = (content: string) => new TextEncoder().encode(content);

const files: PageFiles = new Map([
  ['/index.html', { body: bytes('<meta content="__CSP_NONCE__">'), type: 'text/html; charset=utf-8' }],
  ['/assets/page.js', { body: bytes('export {};'), type: 'text/javascript; charset=utf-8' }],
]);

const ask = (url: string, method = 'GET') => answerPageRequest(files, { url, method });

describe('the page by its own scheme', () => {
  it('is served with its type, and its nonce in header and text', async () => {
    const answer = ask('enrol-desk://app/');
    const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toBe(`<meta content="${nonce ?? 'none'}">`);
    expect(ask('enrol-desk://app/assets/page.js').headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('may reach nothing over the network', () => {
    expect(ask('enrol-desk://app/').headers.get('content-security-policy')).toContain(`connect-src 'self';`);
  });

  it.each([
    'enrol-desk://app/../package.json',
    'enrol-desk://app/..%2f..%2fpackage.json',
    'enrol-desk://app/%2e%2e/%2e%2e/etc/passwd',
    'enrol-desk://app//etc/passwd',
    'enrol-desk://app/assets/..\\..\\package.json',
    'enrol-desk://app/__proto__',
  ])('has no way out of its files: %s', (url) => {
    expect(ask(url).status).toBe(404);
  });

  it.each(['enrol-desk://other/', 'enrol-desk://app.evil/', 'http://app/', 'file:///index.html'])(
    'is not there for %s',
    (url) => {
      expect(ask(url).status).toBe(421);
    },
  );

  it('is read only', () => {
    expect(ask('enrol-desk://app/', 'POST').status).toBe(405);
  });
});
