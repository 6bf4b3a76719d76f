import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { inputRange, modelCatalogue } from '../../native-bridge/face/model-catalogue.ts';
import type { ModelDescription, ModelName } from '../../native-bridge/face/model-catalogue.ts';
import { modelRecipes } from './model-recipes.ts';
import type { ModelRecipe } from './model-recipes.ts';
import { readModelSource, SourceMissingError } from './source-package.ts';

/** Raise it when the conversion changes, so that models of an older one are made again. */
const converterVersion = 3;
const modelFolder = fileURLToPath(new URL('../../assets/models/', import.meta.url));
const manifestFile = join(modelFolder, 'manifest.json');
const fingerprintFile = fileURLToPath(new URL('../../native-bridge/face/model-fingerprints.json', import.meta.url));

/** What a later run has to know about a model to see whether it is up to date. */
const manifestEntry = z.object({
  name: z.string(),
  file: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  source: z.object({ package: z.string(), version: z.string(), sha256: z.string() }),
  converterVersion: z.number(),
});
type ManifestEntry = z.infer<typeof manifestEntry>;

const fingerprintSchema = z.record(z.string(), z.string());

/** Makes the models that are missing or outdated; returns the sentence of what went wrong, or `undefined`. */
async function convertAll(pin: boolean): Promise<string | undefined> {
  await mkdir(modelFolder, { recursive: true });
  const before = await readManifest();
  const entries: ManifestEntry[] = [];
  for (const recipe of modelRecipes) entries.push(await convertOne(recipe, before.get(recipe.name)));
  const models = entries.map((entry, index) => ({ ...entry, ...describeNet(modelRecipes[index]!.name) }));
  await writeWhole(manifestFile, `${JSON.stringify({ models }, undefined, 2)}\n`);
  return pin ? pinFingerprints(entries) : checkFingerprints(entries);
}

async function convertOne(recipe: ModelRecipe, before: ManifestEntry | undefined): Promise<ManifestEntry> {
  const source = await readModelSource(recipe.packageName, recipe.topologyPath, recipe.binaryPath);
  if (before?.source.sha256 === source.sha256 && (await isUpToDate(before))) {
    console.log(`model ${recipe.name}: up to date`);
    return before;
  }
  const bytes = recipe.convert(source);
  const file = `${recipe.name}.onnx`;
  await writeWhole(join(modelFolder, file), bytes);
  console.log(`model ${recipe.name}: ${bytes.length} bytes from ${source.packageName} ${source.packageVersion}`);
  return {
    name: recipe.name,
    file,
    sha256: sha256(bytes),
    bytes: bytes.length,
    source: { package: source.packageName, version: source.packageVersion, sha256: source.sha256 },
    converterVersion,
  };
}

/** What whoever runs the net must know: layout and range of its input, and its outputs. */
function describeNet(name: ModelName) {
  const { opened, input, outputs }: ModelDescription = modelCatalogue[name];
  return { opened, input: { layout: 'NCHW', ...input, range: inputRange(input) }, outputs };
}

async function isUpToDate(entry: ManifestEntry): Promise<boolean> {
  if (entry.converterVersion !== converterVersion) return false;
  const bytes = await readFile(join(modelFolder, entry.file)).catch(() => undefined);
  return bytes !== undefined && sha256(bytes) === entry.sha256;
}

async function readManifest(): Promise<Map<string, ManifestEntry>> {
  const content = await readFile(manifestFile, 'utf8').catch(() => undefined);
  const parsed = z.object({ models: z.array(manifestEntry) }).safeParse(parseJson(content));
  return new Map((parsed.data?.models ?? []).map((entry) => [entry.name, entry]));
}

function parseJson(content: string | undefined): unknown {
  try {
    return content === undefined ? undefined : JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** A reader never sees half a file, even when the set-up is interrupted. */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}

async function pinFingerprints(entries: readonly ManifestEntry[]): Promise<undefined> {
  const pinned = Object.fromEntries(entries.map((entry) => [entry.name, entry.sha256]));
  await writeWhole(fingerprintFile, `${JSON.stringify(pinned, undefined, 2)}\n`);
}

async function checkFingerprints(entries: readonly ManifestEntry[]): Promise<string | undefined> {
  const pinned = fingerprintSchema.parse(JSON.parse(await readFile(fingerprintFile, 'utf8')));
  const changed = entries.filter((entry) => pinned[entry.name] !== entry.sha256).map((entry) => entry.name);
  if (changed.length === 0) return undefined;
  return `The models ${changed.join(', ')} differ from the pinned fingerprints: measure again, then run with --pin.`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const problem = await convertAll(process.argv.includes('--pin')).catch((error: Error) => {
  if (error instanceof SourceMissingError) return error.message;
  throw error;
});
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
}
