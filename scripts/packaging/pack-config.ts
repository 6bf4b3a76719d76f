import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { z } from 'zod';

const extraSchema = z.array(z.object({ from: z.string(), to: z.string(), filter: z.array(z.string()).optional() }));
// A system's own `files` would be a set of its own, which begins with everything; there are none.
const platformSchema = z.looseObject({ files: z.undefined().optional(), extraResources: extraSchema });

/** As much of `electron-builder.yml` as says what goes where. */
const packConfigSchema = z.object({
  files: z.array(z.string()),
  asarUnpack: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  win: platformSchema,
  linux: platformSchema,
});
export type PackConfig = z.infer<typeof packConfigSchema>;
export type PackPlatform = 'win' | 'linux';

interface YamlReader {
  load(text: string): unknown;
}

/** The whole file, read with the library that electron-builder itself reads it with. */
export function readRawConfig(root: string): unknown {
  const require = createRequire(join(root, 'node_modules', 'app-builder-lib', 'package.json'));
  const yaml = require('js-yaml') as YamlReader;
  return yaml.load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
}

export const readPackConfig = (root: string): PackConfig => packConfigSchema.parse(readRawConfig(root));

/** Patterns with the names of one system in them, as electron-builder fills them in. */
export const patternsFor = (patterns: readonly string[], platform: PackPlatform): string[] =>
  patterns.map((pattern) => pattern.replaceAll('${platform}', platform === 'win' ? 'win32' : 'linux'));

/** electron-builder lets a star stand for a leading dot as well, `matchesGlob` does not. */
const withoutLeadingDots = (text: string) => text.replace(/(^|[/{,])\./g, '$1_');

/** Whether a path (forward slashes, from the project's folder) is named by patterns of which the last that fits counts. */
export function isNamed(path: string, patterns: readonly string[], byDefault: boolean): boolean {
  return patterns.reduce((is, pattern) => {
    const isNegative = pattern.startsWith('!');
    const glob = withoutLeadingDots(isNegative ? pattern.slice(1) : pattern);
    return posix.matchesGlob(withoutLeadingDots(path), glob) ? !isNegative : is;
  }, byDefault);
}
