import { createCwrConnector } from '../../native-bridge/platform/cwr/connector.ts';
import { DialectShelf } from '../../native-bridge/station/dialect-shelf.ts';
import { createNationalBusiness } from '../../native-bridge/platform/national/business-connector.ts';
import { createNationalConnector } from '../../native-bridge/platform/national/connector.ts';
import { type RecordedExchange, recordedFetch } from './recorded-fetch.ts';
import { type InteropParts, runSequence } from './sequence.ts';
import type { InteropStep } from './step.ts';

export interface InteropOptions {
  readonly url: string;
  /** The account: `appid`, or `api_key` of a device. */
  readonly appid: string;
  readonly secret: string;
  readonly dialect: string;
  /** Empty for platforms without devices. */
  readonly deviceSerial: string;
  readonly enterpriseKey?: string | undefined;
  readonly projectCode: string;
  readonly corpCode: string;
  readonly corpName: string;
  readonly teamName: string;
  readonly pollMs: number;
  /** Of dialect files besides the built-in ones. */
  readonly dialectFolder?: string | undefined;
}

/** Runs the whole sequence of a dialect's driver; tells each step and each exchange, masked. */
export async function runInterop(
  options: InteropOptions,
  tell: (step: InteropStep) => void,
  print: (line: string) => void,
): Promise<void> {
  const show = ({ sent, answered }: RecordedExchange) => {
    print(`  > ${sent}`);
    print(`  < ${answered}`);
  };
  const { projectCode, corpCode, corpName, teamName, pollMs } = options;
  const team = { projectCode, corpCode, corpName, teamName };
  await runSequence({ ...driverFor(options, recordedFetch(options.secret, show)), team, pollMs, tell });
}

function driverFor(
  options: InteropOptions,
  send: typeof fetch,
): Pick<InteropParts, 'connector' | 'uploadPasses' | 'business'> {
  const dialect = new DialectShelf(options.dialectFolder).find(options.dialect);
  if (dialect.driver === 'national') {
    const access = { ...options, dialect, fetch: send };
    return { connector: createNationalConnector(access), business: createNationalBusiness(access) };
  }
  const connector = createCwrConnector({ ...options, apiKey: options.appid, dialect, fetch: send });
  return { connector, uploadPasses: (passes) => connector.uploadPasses(passes) };
}
