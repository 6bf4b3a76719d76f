/** Writes what the converted models give for the self-test's pattern; run it on a machine whose results are trusted. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel } from '../../native-bridge/face/face-models.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { selfTestOutputs, type TestedModel } from '../../native-bridge/face/self-test.ts';

const file = join(import.meta.dirname, '../../native-bridge/face/self-test-outputs.json');

async function outputsOf(folder: string, name: TestedModel): Promise<readonly [TestedModel, readonly number[]]> {
  const model = await loadModel(folder, name);
  if (model.kind === 'unavailable') throw new Error(`the model ${name} is unavailable: ${model.problem}`);
  const outputs = await selfTestOutputs(model.net);
  await model.net.close();
  return [name, outputs.map((value) => Number(value.toPrecision(6)))];
}

const names: readonly TestedModel[] = ['blazeface', 'facemesh', 'face-recognition'];
const folder = await requireModelFolder();
const outputs: (readonly [TestedModel, readonly number[]])[] = [];
for (const name of names) outputs.push(await outputsOf(folder, name));
await writeFile(file, `${JSON.stringify(Object.fromEntries(outputs))}\n`);
