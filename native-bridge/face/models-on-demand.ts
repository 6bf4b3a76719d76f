import { loadModel } from './face-models.ts';
import type { LoadedModel } from './face-models.ts';
import type { OnDemandModelName } from './model-catalogue.ts';

/** The nets that only some checks need; none takes memory before it is asked for. */
export interface ModelsOnDemand {
  /** The net, checked against its pinned fingerprint; opened at the first call and shared by all later ones. */
  open(name: OnDemandModelName): Promise<LoadedModel>;
  /** Closes whatever was opened. */
  close(): Promise<void>;
}

/** `folder` is the one that the set-up fills. */
export function modelsOnDemand(folder: string): ModelsOnDemand {
  const opened = new Map<OnDemandModelName, Promise<LoadedModel>>();
  const openFirst = (name: OnDemandModelName): Promise<LoadedModel> => {
    const model = loadModel(folder, name);
    opened.set(name, model);
    return model;
  };
  return {
    open: (name) => opened.get(name) ?? openFirst(name),
    close: async () => {
      for (const model of await Promise.all(opened.values())) if (model.kind === 'ready') await model.net.close();
      opened.clear();
    },
  };
}
