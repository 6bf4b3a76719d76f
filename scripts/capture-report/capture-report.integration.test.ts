import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadProfile } from '../../native-bridge/capture/profile.ts';
import { createFaceEngine } from '../../native-bridge/face/face-engine.ts';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { blockedShare, measureChecks, recall, type Report } from './confusion.ts';
import { degradations } from './degradations.ts';
import { samplePortraits } from './portraits.ts';

const profileFile = join(import.meta.dirname, '..', '..', 'assets', 'capture-profiles', 'guangxi.json');

/** Two people of the sample pictures: every damage is done to one of them, by turns, to keep this short. */
describe('the checks on good and damaged portraits', () => {
  let report: Report;
  beforeAll(async () => {
    const engine = await createFaceEngine({ modelFolder: await requireModelFolder() });
    const profile = loadProfile(JSON.parse(await readFile(profileFile, 'utf8')));
    const portraits = await samplePortraits(engine, 1);
    const [first, second] = [0, 1].map((turn) =>
      measureChecks({
        engine,
        profile,
        portraits: portraits.slice(turn, turn + 1),
        degradations: degradations.filter((_, index) => index % 2 === turn),
      }),
    );
    report = joined(await first!, await second!);
    await engine.close();
  }, 60_000);

  it('let good portraits pass, as frames and as photos', () => {
    expect(report.clean).toHaveLength(2);
    expect(report.clean.flatMap(({ failed }) => failed)).toEqual([]);
    expect(report.photos.flatMap(({ failed }) => failed)).toEqual([]);
    expect(blockedShare([...report.clean, ...report.photos])).toBe(0);
  });

  it.each(degradations.map(({ name }) => name))('notice: %s', (name) => {
    const row = report.rows.find(({ degradation }) => degradation === name)!;
    expect({ [name]: recall(row), trials: row.trials }).toMatchObject({ [name]: 1 });
  });
});

function joined(first: Report, second: Report): Report {
  const { clean, photos, rows } = second;
  return {
    clean: [...first.clean, ...clean],
    photos: [...first.photos, ...photos],
    rows: [...first.rows, ...rows],
  };
}
