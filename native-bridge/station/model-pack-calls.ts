import type { Handlers } from '../rpc/server.ts';
import type { ModelPacks } from './model-packs.ts';

type ModelPackHandlers = Pick<Handlers, Extract<keyof Handlers, `model-packs.${string}`>>;

/** The calls about recognisers that the site has added. */
export function modelPackHandlers(packs: ModelPacks): ModelPackHandlers {
  return {
    'model-packs.list': () => packs.list(),
    'model-packs.set-role': async ({ id, role }) => {
      await packs.setRole(id, role);
      return packs.list();
    },
  };
}
