import { request } from 'node:https';
import { afterEach, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './sandbox.ts';
import { testCertificate } from './test-certificate.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.stop());

const statusOf = (url: string, ca?: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(url, { ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

it('speaks HTTPS to whoever trusts its certificate', async () => {
  sandbox = await startSandbox({ tls: testCertificate });
  expect(sandbox.url).toMatch(/^https:/);
  expect(await statusOf(sandbox.pageUrl, testCertificate.certificate)).toBe(200);
  await expect(statusOf(sandbox.pageUrl)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});
