import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSandbox, type Sandbox } from './sandbox.ts';

const USAGE =
  'usage: node sandbox-main.ts [--port NUMBER] [--state FILE] [--delay MILLISECONDS] [--certificate PEM --key PEM]';

const argumentsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  state: z.string().min(1).optional(),
  delay: z.coerce.number().int().min(0).default(1500),
  certificate: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
});
type Arguments = z.infer<typeof argumentsSchema>;

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      state: { type: 'string' },
      delay: { type: 'string' },
      certificate: { type: 'string' },
      key: { type: 'string' },
    },
  });
  return argumentsSchema.parse(values);
}

/** Files that hold the certificate and its key; both or neither. */
function tlsOf({ certificate, key }: Arguments) {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined) throw new Error('--certificate and --key go together');
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** One line for people and programs alike; the secret is the published practice secret, not anybody's own. */
function readyLine(sandbox: Sandbox): string {
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const { url, pageUrl } = sandbox;
  const access = { appid: account?.appid, secret: account?.secret };
  const [{ apiKey, secret, devices } = {}] = sandbox.deviceAccounts;
  const device = { url: sandbox.deviceUrl, apiKey, secret, deviceSerial: devices?.[0]?.serial };
  return JSON.stringify({
    url,
    pageUrl,
    ...access,
    projectCode: project?.projectCode,
    corp: project?.corps[0],
    device,
  });
}

async function main(): Promise<void> {
  const given = readArguments();
  const { port, state, delay } = given;
  const sandbox = await startSandbox({
    port,
    asyncDelayMs: delay,
    tls: tlsOf(given),
    ...(state === undefined ? {} : { stateFile: state }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop());
  process.stdout.write(`${readyLine(sandbox)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 1;
});
