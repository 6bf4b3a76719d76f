import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const modulesFolder = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const packageSchema = z.object({ name: z.string(), version: z.string() });

/** A source file is not where the package should have put it; the message names the file and the way out. */
export class SourceMissingError extends Error {}

/** The two files a model is converted from, with what identifies them. */
export interface ModelSource {
  readonly topology: string;
  readonly binary: Uint8Array;
  readonly packageName: string;
  readonly packageVersion: string;
  /** SHA-256 over topology and binary, hexadecimal. */
  readonly sha256: string;
}

/** Reads a model's topology and weights from an installed package. Throws `SourceMissingError`. */
export async function readModelSource(
  packageName: string,
  topologyPath: string,
  binaryPath: string,
): Promise<ModelSource> {
  const read = (path: string): Promise<Buffer> => readInstalled(packageName, path);
  const [topology, binary, description] = await Promise.all([
    read(topologyPath),
    read(binaryPath),
    read('package.json'),
  ]);
  return {
    topology: topology.toString('utf8'),
    binary,
    packageName,
    packageVersion: packageSchema.parse(JSON.parse(description.toString('utf8'))).version,
    sha256: createHash('sha256').update(topology).update(binary).digest('hex'),
  };
}

async function readInstalled(packageName: string, path: string): Promise<Buffer> {
  const file = join(modulesFolder, packageName, path);
  return readFile(file).catch((cause: Error) => {
    throw new SourceMissingError(`Model source ${file} cannot be read. Install the packages first (npm ci).`, {
      cause,
    });
  });
}
