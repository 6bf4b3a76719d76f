import { access } from 'node:fs/promises';
import { join } from 'node:path';

const projectModelFolder = join(import.meta.dirname, '../../assets/models');

/** The folder that the set-up fills with ONNX models. Throws a sentence for the developer when it has not run. */
export async function requireModelFolder(): Promise<string> {
  await access(join(projectModelFolder, 'manifest.json')).catch(() => {
    throw new Error('The face models are missing: run the set-up (node scripts/models/convert.ts).');
  });
  return projectModelFolder;
}
