import { alignmentName } from './align.ts';
import { averagingName } from './describe.ts';
import { pinnedFingerprint } from './face-models.ts';
import { softeningName } from './soften.ts';

/** Names how live faces are brought to the card photo's resolution before they are described. */
export const liveTreatmentName = 'card-resolution';

/**
 * Everything that a limit of distance depends on: nets, alignment, averaging and the treatment of either side.
 * A change of any of them changes it, and limits measured before then hold no longer.
 */
export const pipelineFingerprint = [
  `net-${pinnedFingerprint('face-recognition').slice(0, 12)}`,
  `mesh-${pinnedFingerprint('facemesh').slice(0, 12)}`,
  alignmentName,
  averagingName,
  softeningName,
  liveTreatmentName,
].join('/');
