import { z } from 'zod';
import { DEMO_DEVICE_ACCOUNT, deviceAccountSchema, type DeviceAccount } from './cwr/device-account.ts';
import type { PictureForm } from './picture-check.ts';
import type { LogEntry } from './state.ts';

const corpSchema = z.strictObject({ corpCode: z.string().min(1).max(18), corpName: z.string().min(1).max(200) });

const projectSchema = z.strictObject({
  projectCode: z.string().min(1).max(50),
  corps: z.array(corpSchema),
});

export const accountSchema = z.strictObject({
  appid: z.string().min(1).max(64),
  /** 32 printable ASCII characters: they are the AES key byte for byte, and their first 16 the IV. */
  secret: z.string().regex(/^[\x21-\x7e]{32}$/, 'the secret is 32 printable ASCII characters'),
  /** When set, every call must carry `corpsign` = AES(enterprise key + timestamp). */
  enterpriseKey: z.string().min(1).optional(),
  projects: z.array(projectSchema),
});

export type Account = z.infer<typeof accountSchema>;
export type AccountProject = Account['projects'][number];

/** A project nobody has, a company that cannot exist, and a secret that everybody may know. */
export const DEMO_ACCOUNT: Account = {
  appid: 'SANDBOXPROJECT0001',
  secret: '0123456789abcdef0123456789abcdef',
  projects: [
    {
      projectCode: 'SANDBOXPROJECT0001',
      corps: [{ corpCode: '91459999TEST00001X', corpName: '示例建筑劳务有限公司' }],
    },
  ],
};

export interface RateLimit {
  /** Requests that one account may make within the window. */
  readonly requests: number;
  readonly windowMs: number;
}

export interface BlackListEntry {
  readonly idCardNumber: string;
  readonly reason: string;
}

/** PEM texts. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface SandboxOptions {
  /** Serves HTTPS with it (TLS 1.2 or newer); plain HTTP without. */
  readonly tls?: ServerCertificate | undefined;
  readonly accounts?: readonly Account[];
  /** 0 or left out: the system chooses a free port, kept over stop() and start(). */
  readonly port?: number;
  /** How long an accepted write stays "waiting", milliseconds. */
  readonly asyncDelayMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Largest distance between `timestamp` and the server's clock, milliseconds. */
  readonly clockToleranceMs?: number;
  readonly rateLimit?: RateLimit;
  /** Addresses that may call; everyone else is answered -4. */
  readonly ipAllowList?: readonly string[];
  readonly stateFile?: string;
  /** One entry a request; holds neither names nor numbers nor pictures. */
  readonly log?: (entry: LogEntry) => void;
  readonly pictureForm?: PictureForm;
  readonly unknownFields?: 'refuse' | 'ignore';
  /** Whether `code` is written as JSON text or as a number: both occur in the field. */
  readonly codeForm?: 'text' | 'number';
  /** What happens to the other workers of a call that names one who is already in the project. */
  readonly onDuplicate?: 'refuseAll' | 'addOthers';
  /** People whom the platform has on its black list. */
  readonly blackList?: readonly BlackListEntry[];
  /** Who may call the device interface. */
  readonly deviceAccounts?: readonly DeviceAccount[];
  /** How devices write pictures; bare Base64 unless said otherwise. */
  readonly devicePictureForm?: PictureForm;
  /** Whether passes come as a plain list (Guangxi) or inside an object (Shenzhen). */
  readonly passedLogForm?: 'array' | 'wrapped';
  /** What happens when a device registers a person who is in the project already. */
  readonly onRegisterAgain?: 'refuse' | 'replace';
}

export interface Settings {
  readonly accounts: readonly Account[];
  readonly deviceAccounts: readonly DeviceAccount[];
  readonly devicePictureForm: PictureForm;
  readonly passedLogForm: 'array' | 'wrapped';
  readonly onRegisterAgain: 'refuse' | 'replace';
  readonly asyncDelayMs: number;
  readonly now: () => number;
  readonly clockToleranceMs: number;
  readonly rateLimit: RateLimit | undefined;
  readonly ipAllowList: readonly string[] | undefined;
  readonly stateFile: string | undefined;
  readonly log: (entry: LogEntry) => void;
  readonly pictureForm: PictureForm;
  readonly unknownFields: 'refuse' | 'ignore';
  readonly codeForm: 'text' | 'number';
  readonly onDuplicate: 'refuseAll' | 'addOthers';
  readonly blackList: readonly BlackListEntry[];
}

// No official tolerance is published for this interface; servers of the device protocol use 6 to 10 minutes.
const TEN_MINUTES_MS = 10 * 60 * 1000;

function quiet(): void {
  // The default log sink keeps nothing.
}

function deviceSettingsFrom(options: SandboxOptions) {
  return {
    deviceAccounts: z.array(deviceAccountSchema).parse(options.deviceAccounts ?? [DEMO_DEVICE_ACCOUNT]),
    devicePictureForm: options.devicePictureForm ?? 'raw',
    passedLogForm: options.passedLogForm ?? 'array',
    onRegisterAgain: options.onRegisterAgain ?? 'refuse',
  } as const;
}

/** Options with their defaults; throws a ZodError when an account is not well formed. */
export function settingsFrom(options: SandboxOptions): Settings {
  return {
    accounts: z
      .array(accountSchema)
      .min(1)
      .parse(options.accounts ?? [DEMO_ACCOUNT]),
    asyncDelayMs: options.asyncDelayMs ?? 1500,
    now: options.now ?? Date.now,
    clockToleranceMs: options.clockToleranceMs ?? TEN_MINUTES_MS,
    rateLimit: options.rateLimit,
    ipAllowList: options.ipAllowList,
    stateFile: options.stateFile,
    log: options.log ?? quiet,
    pictureForm: options.pictureForm ?? 'prefix',
    unknownFields: options.unknownFields ?? 'refuse',
    codeForm: options.codeForm ?? 'text',
    onDuplicate: options.onDuplicate ?? 'refuseAll',
    blackList: options.blackList ?? [],
    ...deviceSettingsFrom(options),
  };
}
