import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const lockedSchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  optional: z.boolean().optional(),
  peer: z.boolean().optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema) });

export interface ProductionPackage {
  /** From the project's folder, with forward slashes: `node_modules/zod`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
  /** Made for one system, and installed on that one alone. */
  readonly isOptional: boolean;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Every package of the lock file that the program itself may need, on whichever system. */
export function productionPackages(root: string): ProductionPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path, { version = '', license, optional = false }]) => ({
      path,
      name: nameOf(path),
      version,
      license,
      isOptional: optional,
    }));
}

/** Those that are there on this system. */
export const installedPackages = (root: string): ProductionPackage[] =>
  productionPackages(root).filter(({ path }) => existsSync(join(root, path, 'package.json')));
