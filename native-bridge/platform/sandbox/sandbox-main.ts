import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSandbox, type Sandbox } from './sandbox.ts';

const USAGE = 'usage: node sandbox-main.ts [--port NUMBER] [--state FILE] [--delay MILLISECONDS]';

const argumentsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  state: z.string().min(1).optional(),
  delay: z.coerce.number().int().min(0).default(1500),
});

function readArguments(): z.infer<typeof argumentsSchema> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, state: { type: 'string' }, delay: { type: 'string' } },
  });
  return argumentsSchema.parse(values);
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
  const { port, state, delay } = readArguments();
  const sandbox = await startSandbox({
    port,
    asyncDelayMs: delay,
    ...(state === undefined ? {} : { stateFile: state }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop());
  process.stdout.write(`${readyLine(sandbox)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 1;
});
