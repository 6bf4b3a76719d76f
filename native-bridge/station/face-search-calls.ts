import { StationError } from '../contract/errors.ts';
import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';

type FaceSearchHandlers = Pick<Handlers, Extract<keyof Handlers, `face-search.${string}`>>;

/** The calls about one face under two numbers. */
export function faceSearchHandlers(station: RunningStation): FaceSearchHandlers {
  const { faceSearch, desk, parts } = station;
  const demandFound = (recordId: string) => {
    const search = desk.demand().faceSearch;
    if (search?.kind !== 'searched' || !search.found.some((face) => face.recordId === recordId))
      throw new StationError('store.not-found', 'found face');
  };
  return {
    'face-search.state': async () => faceSearch.state(),
    'face-search.switch': async ({ on }) => {
      faceSearch.switch(on);
      // Workers are shown the notice that says so.
      station.publishStatus();
      return faceSearch.state();
    },
    'face-search.found': async ({ recordId }) => {
      demandFound(recordId);
      const { records } = parts.store;
      const jpeg = records.photo(recordId);
      return { record: records.summary(recordId), ...(jpeg && { jpeg }) };
    },
    'face-search.decide': async ({ recordId, ...decision }) => {
      desk.decideFace(recordId, decision);
      return station.current();
    },
  };
}
