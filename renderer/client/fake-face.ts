import type { Draft, RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import { StationError } from '../../native-bridge/contract/errors.ts';
import type { FaceDecision, FaceSearch } from '../../native-bridge/contract/face-search.ts';
import type { ModelPack } from '../../native-bridge/contract/model-pack-calls.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

/** What the scripted face search needs of the scripted station. */
interface Surroundings {
  readonly pictures: { readonly photo: Uint8Array };
  readonly records: readonly RecordSummary[];
  edit(change: (draft: Draft) => Draft): Result<'enrolment.current'>;
}

const folder = 'C:\\ProgramData\\EnrolDesk\\models';

/** The part of the scripted station that finds faces and has model packs. */
export class FakeFace {
  isOn = false;
  /** What the next photo's face will be found like. */
  search: FaceSearch | undefined;
  packs: readonly ModelPack[] = [];

  found(): Pick<Draft, 'faceSearch'> {
    return this.search === undefined ? {} : { faceSearch: this.search };
  }

  handlers(station: Surroundings) {
    return {
      'face-search.state': () => this.#state(),
      'face-search.switch': ({ on }: Argument<'face-search.switch'>) => {
        this.isOn = on;
        return this.#state();
      },
      'face-search.found': ({ recordId }: Argument<'face-search.found'>) => {
        const record = station.records.find(({ id }) => id === recordId);
        if (record === undefined) throw new StationError('store.not-found');
        return { record, jpeg: station.pictures.photo };
      },
      'face-search.decide': ({ recordId, ...given }: Argument<'face-search.decide'>) => {
        const decision = { ...given, decidedBy: '莫经办', decidedAt: new Date().toISOString() };
        return station.edit((draft) => withFaceDecision(draft, recordId, decision));
      },
      'model-packs.list': () => ({ folder, packs: [...this.packs] }),
      'model-packs.set-role': ({ id, role }: Argument<'model-packs.set-role'>) => {
        this.packs = this.packs.map((pack) => (pack.id === id ? { ...pack, role } : pack));
        return { folder, packs: [...this.packs] };
      },
    };
  }

  #state(): Result<'face-search.state'> {
    return this.isOn
      ? { on: true, descriptors: 212, waiting: 18, unusable: 1 }
      : { on: false, descriptors: 0, waiting: 0, unusable: 0 };
  }
}

export function waitsForFaceDecision({ faceSearch }: Draft): boolean {
  return faceSearch?.kind === 'searched' && faceSearch.found.some((face) => face.decision === undefined);
}

function withFaceDecision(draft: Draft, recordId: string, decision: FaceDecision): Draft {
  const { faceSearch } = draft;
  if (faceSearch?.kind !== 'searched') return draft;
  const found = faceSearch.found.map((face) => (face.recordId === recordId ? { ...face, decision } : face));
  return { ...draft, faceSearch: { ...faceSearch, found } };
}
