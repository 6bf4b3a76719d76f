import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { DEFAULT_MIN_VERSION, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certificatePins, certificatePinsSchema } from '../../contract/certificate-pins.ts';
import { nationalDialect } from '../national/dialect.ts';
import { createNationalConnector } from '../national/connector.ts';
import { createOpenApiClient } from '../national/open-api-client.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { testCertificate } from '../sandbox/test-certificate.ts';
import { createHttpExchange } from './http-exchange.ts';

const right = new X509Certificate(testCertificate.certificate).fingerprint256;
const wrong = 'AB'.repeat(32);
const usual = getCACertificates('default');

/** The test's certificate counts as one that somebody vouches for, so that only the pin is left to refuse it. */
beforeAll(() => setDefaultCACertificates([...usual, testCertificate.certificate]));
afterAll(() => setDefaultCACertificates(usual));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ tls: testCertificate });
});
afterEach(() => sandbox.stop());

function clientWith(pins: string | undefined) {
  const [account] = sandbox.accounts;
  if (account === undefined) throw new Error('no account');
  const { appid, secret } = account;
  return createOpenApiClient({ url: sandbox.url, appid, secret, dialect: nationalDialect, certificatePins: pins });
}

const names = {
  tls: 'Platform connection: TLS 1.2 at least',
  pin: 'Platform connection: a pinned certificate is demanded',
};

describe(names.pin, () => {
  it.each([right, right.toLowerCase().replaceAll(':', ''), `${wrong} ${right}`, undefined, ''])(
    'sandbox: the platform is asked with the pins %j',
    async (pins) => {
      await clientWith(pins)
        .ask('Team.Query', { pageIndex: 0, pageSize: 10, projectCode: 'x' })
        .catch((cause: unknown) => {
          // Its word on the question does not matter here, only that it is its own.
          expect(cause).not.toMatchObject({ code: 'platform.wrong-certificate' });
        });
      expect(await sandbox.requests()).not.toEqual([]);
    },
  );

  it('sandbox: nothing is sent to one with another certificate', async () => {
    const client = clientWith(wrong);
    await expect(client.ask('Team.Query', {})).rejects.toMatchObject({ code: 'platform.wrong-certificate' });
    expect(await sandbox.requests()).toEqual([]);
  });

  it('sandbox: nor by the driver that a project’s connection opens', async () => {
    const [account] = sandbox.accounts;
    if (account === undefined) throw new Error('no account');
    const connector = createNationalConnector({ ...account, url: sandbox.url, certificatePins: wrong });
    const [question] = connector.questions;
    await expect(question?.ask()).rejects.toMatchObject({ code: 'platform.wrong-certificate' });
    expect(await sandbox.requests()).toEqual([]);
  });

  it('sandbox: a pinned certificate that nobody vouches for is refused all the same', async () => {
    setDefaultCACertificates(usual);
    try {
      await expect(clientWith(right).ask('Team.Query', {})).rejects.toMatchObject({ code: 'platform.not-trusted' });
      expect(await sandbox.requests()).toEqual([]);
    } finally {
      setDefaultCACertificates([...usual, testCertificate.certificate]);
    }
  });

  it('sandbox: there is none for an address without TLS', () => {
    const exchange = () => createHttpExchange({ url: 'http://127.0.0.1:9/', certificatePins: right });
    expect(exchange).toThrow(expect.objectContaining({ code: 'platform.not-configured' }));
  });

  it.each(['AB', `${wrong}AB`, `${wrong} ${wrong} ${wrong} ${wrong} ${wrong}`, 'sha256/xyz', `${right} nonsense`])(
    'sandbox: %s is no list of fingerprints',
    (text) => expect(certificatePinsSchema.safeParse(text).success).toBe(false),
  );

  it('sandbox: a list may have up to four', () => {
    const text = `${right}, ${wrong}`;
    expect(certificatePinsSchema.safeParse(text).success).toBe(true);
    expect(certificatePins(text)).toEqual([right.replaceAll(':', ''), wrong]);
  });
});

describe(names.tls, () => {
  it.each([right, undefined])('sandbox: an older protocol is refused, with the pins %j', async (pins) => {
    const old = createServer({
      key: testCertificate.key,
      cert: testCertificate.certificate,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const asked: string[] = [];
    old.on('request', (request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    try {
      const url = `https://127.0.0.1:${(old.address() as AddressInfo).port}/`;
      const exchange = createHttpExchange({ url, certificatePins: pins });
      await expect(exchange.post(url, '', 'text/plain')).rejects.toMatchObject({ code: 'platform.not-trusted' });
      expect(asked).toEqual([]);
    } finally {
      old.close();
    }
  });

  it('sandbox: that is this runtime’s own lower limit', () => expect(DEFAULT_MIN_VERSION).toBe('TLSv1.2'));
});
