/**
 * `npm run interop -- --url … --appid … --secret … [--driver national|cwr]`: runs everything that a driver does with a
 * platform against a test server, with an invented team and workers, and prints what was sent (masked), answered and
 * compared. It writes, so a server that is not on this machine has to be allowed in so many words. Without an address
 * it runs against a reference platform of its own on this machine. The last line is JSON.
 */
import { parseArgs } from 'node:util';
import { asStationError } from '../native-bridge/contract/errors.ts';
import { type InteropOptions, runInterop } from './interop/run-interop.ts';
import { withOwnSandbox } from './interop/own-sandbox.ts';
import type { InteropStep } from './interop/step.ts';

const usage =
  'npm run interop -- [--driver national|cwr]   (against a reference platform of its own)\n' +
  'npm run interop -- --url URL --appid ACCOUNT --secret SECRET [--driver national|cwr] [--dialect NAME] [--dialects FOLDER]\n' +
  '  [--device-serial SERIAL] [--enterprise-key KEY] [--project CODE] [--corp-code CODE] [--corp-name NAME]\n' +
  '  [--team NAME] [--may-write-there]   (needed for any server that is not on this machine)';

const text = { type: 'string' } as const;
const options = {
  ...{ url: text, appid: text, secret: text, driver: text, dialect: text, dialects: text },
  ...{ 'device-serial': text, 'enterprise-key': text, project: text, 'corp-code': text, 'corp-name': text, team: text },
  'may-write-there': { type: 'boolean' },
} as const;

const isThisMachine = (url: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(url)?.hostname ?? '');

const dialects: Readonly<Record<string, string>> = { national: 'national', cwr: 'guangxi-cwr' };

/** Without project and company the sandbox's own are taken. */
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

function serverIn(values: Values): InteropOptions | undefined {
  const { url, appid, secret, driver = 'national' } = values;
  const dialect = values.dialect ?? dialects[driver];
  if (url === undefined || appid === undefined || secret === undefined || dialect === undefined) return undefined;
  if (!isThisMachine(url) && values['may-write-there'] !== true) return undefined;
  return {
    ...{ url, appid, secret, dialect, pollMs: 2000 },
    deviceSerial: values['device-serial'] ?? 'FT00000001',
    enterpriseKey: values['enterprise-key'],
    projectCode: values.project ?? 'SANDBOXPROJECT0001',
    corpCode: values['corp-code'] ?? '91459999TEST00001X',
    corpName: values['corp-name'] ?? '示例建筑劳务有限公司',
    teamName: values.team ?? '联调班组',
    dialectFolder: values.dialects,
  };
}

async function main(wanted: InteropOptions): Promise<void> {
  const steps: InteropStep[] = [];
  const tell = (step: InteropStep) => {
    steps.push(step);
    console.log(`${step.agrees ? 'ok      ' : 'DIFFERS '} ${step.step}: ${step.found} (expected ${step.expected})`);
  };
  await runInterop(wanted, tell, (line) => console.log(line));
  const differs = steps.filter(({ agrees }) => !agrees).map(({ step }) => step);
  console.log(JSON.stringify({ ok: differs.length === 0, dialect: wanted.dialect, steps: steps.length, differs }));
  if (differs.length > 0) process.exitCode = 1;
}

try {
  const { values } = parseArgs({ options });
  const { driver = 'national' } = values;
  if (Object.keys(values).every((name) => name === 'driver') && (driver === 'national' || driver === 'cwr')) {
    await withOwnSandbox(dialects[driver] ?? driver, driver, main);
  } else {
    const wanted = serverIn(values);
    if (wanted === undefined) throw new TypeError('arguments');
    await main(wanted);
  }
} catch (cause) {
  // The argument parser's own errors are a matter of usage as well.
  if (cause instanceof TypeError) console.error(usage);
  else console.error(asStationError(cause).message);
  process.exitCode = 2;
}
