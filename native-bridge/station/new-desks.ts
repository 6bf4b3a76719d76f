import { measuredSearchLimits } from '../face/search-limit.ts';
import { BlackListDesk, type BlackListDeskOptions } from './black-list-desk.ts';
import { FaceSearchDesk, type FaceSearchOptions } from './face-search-desk.ts';
import type { StationParts } from './station-parts.ts';
import { TeamDesk, type TeamDeskOptions } from './team-desk.ts';

type Operator = () => string;

const now = () => new Date();

/** The search of a new face among those that are stored. */
export const newFaceSearchDesk = (
  { store, searchedFaces, connection }: StationParts,
  operator: Operator,
  wiring: Pick<FaceSearchOptions, 'isBusy' | 'onTrouble'>,
): FaceSearchDesk =>
  new FaceSearchDesk({
    store,
    faces: searchedFaces,
    limits: measuredSearchLimits,
    projectCode: connection?.projectCode,
    operator,
    ...wiring,
  });

/** The project's teams, here and on the platform. */
export const newTeamDesk = (
  { store, connection }: StationParts,
  operator: Operator,
  wiring: Pick<TeamDeskOptions, 'platform' | 'onChanged'>,
): TeamDesk => new TeamDesk({ store, connection, operator, now, ...wiring });

/** The platform's black list. */
export const newBlackListDesk = (
  { store }: StationParts,
  operator: Operator,
  wiring: Pick<BlackListDeskOptions, 'business' | 'onAnswer' | 'onTrouble'>,
): BlackListDesk => new BlackListDesk({ store, operator, now, ...wiring });
