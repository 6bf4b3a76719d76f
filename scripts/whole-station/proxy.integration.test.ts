import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nationalDialect } from '../../native-bridge/platform/national/dialect.ts';
import { createOpenApiClient } from '../../native-bridge/platform/national/open-api-client.ts';
import { type Sandbox, startSandbox } from '../../native-bridge/platform/sandbox/sandbox.ts';
import { testCertificate } from '../../native-bridge/platform/sandbox/test-certificate.ts';
import { bridgeEnvironment } from '../../electron/bridge-environment.ts';

/** A real one on loopback that leads every name to `port`, and keeps what it was asked for. */
class TestProxy {
  readonly asked: string[] = [];
  readonly #server: Server = createServer();
  constructor(port: () => number) {
    this.#server.on('connect', (request, client, head) => {
      this.asked.push(request.url ?? '');
      const onwards = connect(port(), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onwards.write(head);
        onwards.pipe(client).pipe(onwards);
      });
      for (const end of [client, onwards]) end.on('error', () => onwards.destroy());
    });
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const usual = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...usual, testCertificate.certificate]));
afterAll(() => setDefaultCACertificates(usual));

let port = 0;
let proxy: TestProxy;
beforeEach(async () => {
  proxy = new TestProxy(() => port);
  await proxy.listen();
});
afterEach(() => {
  vi.unstubAllEnvs();
  proxy.close();
});

describe('a proxy that the policy names', () => {
  let platform: Server;
  beforeEach(async () => {
    platform = createServer((_request, response) => response.end('the platform'));
    await once(platform.listen(0, '127.0.0.1'), 'listening');
    port = (platform.address() as AddressInfo).port;
  });
  afterEach(() => platform.close());

  /** What a process with the bridge's environment gets. */
  async function fetched(address: string, except: string[] = []): Promise<string> {
    const script = `fetch(process.argv[1]).then(async (answer) => console.log(await answer.text()), () => console.log('failed'))`;
    const env = bridgeEnvironment({ proxy: { url: proxy.url, except } });
    const child = spawn(process.execPath, ['-e', script, address], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    return (await text(child.stdout)).trim();
  }

  it('is what the platform is reached through', async () => {
    expect(await fetched('http://platform.example/')).toBe('the platform');
    expect(proxy.asked).toEqual(['platform.example:80']);
  });

  it('is not asked for the station’s own parts', async () => {
    expect(await fetched(`http://127.0.0.1:${port}/`)).toBe('the platform');
    expect(proxy.asked).toEqual([]);
  });

  it('is not asked for what is excepted', async () => {
    expect(await fetched(`http://inside.invalid:${port}/`, ['.invalid'])).toBe('failed');
    expect(proxy.asked).toEqual([]);
  });
});

describe('a pinned certificate', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ tls: testCertificate });
    port = Number(new URL(sandbox.url).port);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    vi.stubEnv('HTTPS_PROXY', proxy.url);
  });
  afterEach(() => sandbox.stop());

  function ask(certificatePins: string): Promise<unknown> {
    const [account] = sandbox.accounts;
    if (account === undefined) throw new Error('no account');
    const { appid, secret } = account;
    const client = createOpenApiClient({ url: sandbox.url, appid, secret, dialect: nationalDialect, certificatePins });
    return client.ask('Team.Query', { pageIndex: 0, pageSize: 10, projectCode: 'x' });
  }

  it('is seen through the proxy', async () => {
    await ask(new X509Certificate(testCertificate.certificate).fingerprint256).catch((cause: unknown) =>
      // The platform's own word does not matter here.
      expect(cause).not.toMatchObject({ code: 'platform.unreachable' }),
    );
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
    expect(await sandbox.requests()).toHaveLength(1);
  });

  it('that is not the platform’s stops everything there as well', async () => {
    await expect(ask('AB'.repeat(32))).rejects.toMatchObject({ code: 'platform.wrong-certificate' });
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
    expect(await sandbox.requests()).toEqual([]);
  });
});
