import type { LivenessSenses } from '../capture/liveness/session.ts';
import type { PassiveScores } from '../capture/liveness/signals.ts';
import { lidOpenings } from '../face/eye-lids.ts';
import type { FaceEngine } from '../face/face-engine.ts';
import { modelsOnDemand, type ModelsOnDemand } from '../face/models-on-demand.ts';
import type { Net } from '../face/net.ts';
import { passiveScore } from '../face/passive-scores.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';

export interface OpenLivenessSenses {
  readonly senses: LivenessSenses;
  close(): Promise<void>;
}

/** Opens the nets of the liveness challenge. One that is missing takes its part away and nothing else. */
export async function openLivenessSenses(engine: FaceEngine, models: ModelsOnDemand): Promise<OpenLivenessSenses> {
  const netOf = async (name: 'iris' | 'antispoof' | 'liveness'): Promise<Net | undefined> => {
    const model = await models.open(name);
    return model.kind === 'ready' ? model.net : undefined;
  };
  const iris = await netOf('iris');
  const antispoof = await netOf('antispoof');
  const liveness = await netOf('liveness');
  return {
    senses: {
      canMeasureLids: iris !== undefined,
      lids: async (image, face) => (iris === undefined ? [1, 1] : lidOpenings(iris, image, face)),
      // Both sides are sharp frames of one session, and the guidance of the steps must not wait for more.
      describe: async (image, face) =>
        engine.comparison.kind === 'ready' ? engine.describe(image, face, 'brief') : undefined,
      scores: (image, face) => scoresOf({ antispoof, liveness }, image, face),
    },
    close: () => models.close(),
  };
}

/** Opens the senses with the first call that needs them. */
export function livenessSensesOnDemand(engine: () => Promise<FaceEngine>, modelFolder: string) {
  let opened: Promise<OpenLivenessSenses> | undefined;
  const openFirst = async () => openLivenessSenses(await engine(), modelsOnDemand(modelFolder));
  return {
    open: async (): Promise<LivenessSenses> => {
      opened ??= openFirst();
      return (await opened).senses;
    },
    close: async (): Promise<void> => (await opened)?.close(),
  };
}

type PassiveNets = Readonly<Record<'antispoof' | 'liveness', Net | undefined>>;

async function scoresOf(nets: PassiveNets, image: RgbImage, face: FaceGeometry): Promise<PassiveScores> {
  const { antispoof, liveness } = nets;
  return {
    ...(antispoof && { antispoof: await passiveScore('antispoof', antispoof, image, face) }),
    ...(liveness && { liveness: await passiveScore('liveness', liveness, image, face) }),
  };
}
