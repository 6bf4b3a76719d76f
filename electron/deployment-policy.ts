import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the administrator of the machine lays down for every user, in a file that only an administrator writes. */
const policySchema = z.strictObject({
  update: z
    .strictObject({
      /** Folder of a web server with `latest.yml` and the installers. */
      url: z.url({ protocol: /^https$/ }),
      channel: z.enum(['latest', 'beta']).default('latest'),
    })
    .optional(),
  /** Through which the station reaches the platform; without one it connects directly. */
  proxy: z
    .strictObject({
      url: z.url({ protocol: /^http$/ }),
      /** Host names that are reached directly; a leading dot stands for everything below. */
      except: z.array(z.string().regex(/^[\w.:-]+$/)).default([]),
    })
    .optional(),
});
export type Policy = z.infer<typeof policySchema>;

export interface ReadPolicy {
  readonly policy: Policy;
  /** Why the file that is there counts for nothing: members, never values. */
  readonly fault?: string;
}

/** `%ProgramData%\EnrolDesk\policy.json`, or `/etc/enrol-desk/policy.json`. */
export function policyFile(platform = process.platform, environment: NodeJS.ProcessEnv = process.env): string {
  if (platform !== 'win32') return '/etc/enrol-desk/policy.json';
  return join(environment['ProgramData'] ?? join('C:', 'ProgramData'), 'EnrolDesk', 'policy.json');
}

function parsed(text: string): ReadPolicy {
  const given = policySchema.safeParse(JSON.parse(text));
  if (given.success) return { policy: given.data };
  return { policy: {}, fault: given.error.issues.map(({ path }) => path.join('.') || '(whole)').join(', ') };
}

/** Without a file nothing is laid down. A faulty one is told and not used: in part would be something nobody meant. */
export function readPolicy(path: string): ReadPolicy {
  try {
    return parsed(readFileSync(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { policy: {} };
    return { policy: {}, fault: cause instanceof SyntaxError ? 'not JSON' : 'not readable' };
  }
}

/** What is laid down on this machine. A fault is told by its member only. */
export function laidDown(log: (line: string) => void): Policy {
  const { policy, fault } = readPolicy(policyFile());
  if (fault !== undefined) log(`shell: the policy file is not used, ${fault}`);
  return policy;
}
