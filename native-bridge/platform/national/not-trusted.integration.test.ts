import { afterEach, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { testCertificate } from '../sandbox/test-certificate.ts';
import { nationalDialect } from './dialect.ts';
import { createOpenApiClient } from './open-api-client.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.stop());

it('asks nothing of a platform whose certificate nobody vouches for', async () => {
  sandbox = await startSandbox({ tls: testCertificate });
  const [account] = sandbox.accounts;
  if (account === undefined) throw new Error('no account');
  const { appid, secret } = account;
  const client = createOpenApiClient({ url: sandbox.url, appid, secret, dialect: nationalDialect });
  await expect(client.ask('Team.Query', {})).rejects.toMatchObject({ code: 'platform.not-trusted' });
  expect(await sandbox.requests()).toEqual([]);
});
