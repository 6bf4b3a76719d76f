import { StationError } from '../../native-bridge/contract/errors.ts';
import type { PrintedWorker, printCalls } from '../../native-bridge/contract/print-calls.ts';
import type { RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import type { Pictures } from './fake-station.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

/* Papers of the scripted station's workers, for looking at the screens; not part of the product. */

type Calls = typeof printCalls;
type Handlers = { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> };

export class FakePrinting {
  /** Every order to print, in turn. */
  readonly orders: Argument<'worker.note-printing'>[] = [];
  isBroken = false;
  part: Partial<PrintedWorker> = {};
  /** Places in the list of those whose photo is gone, or is no picture. */
  withoutPhoto: readonly number[] = [];
  brokenPhotos: readonly number[] = [];
  readonly #records: () => readonly RecordSummary[];
  readonly #pictures: () => Pictures;

  constructor(records: () => readonly RecordSummary[], pictures: () => Pictures) {
    this.#records = records;
    this.#pictures = pictures;
  }

  #found = (ids: readonly string[]) => ids.flatMap((id) => this.#records().find((record) => record.id === id) ?? []);

  #printed({ id, name, maskedNumber, teamName, workType, sealedAt, serial }: RecordSummary): PrintedWorker {
    return {
      ...{ id, name, maskedNumber, teamName, workType, sealedAt, serial },
      sexCode: '1',
      nativePlace: '广西壮族自治区示例地区测试县',
      corpName: '示例建筑劳务有限公司',
      projectName: '青秀样板苑二期',
      cellPhone: '13800000000',
      entryDate: '2026-03-05',
      consent: { textVersion: '1', givenAt: sealedAt, isSigned: true },
      ...this.part,
    };
  }

  photoOf(id: string): Result<'queue.photo'> {
    const place = this.#records().findIndex((record) => record.id === id);
    if (this.withoutPhoto.includes(place)) return {};
    return { jpeg: this.brokenPhotos.includes(place) ? new Uint8Array([0xff, 0xd8, 0]) : this.#pictures().photo };
  }

  readonly handlers: Handlers = {
    'worker.sheet-data': ({ ids }) => {
      if (this.isBroken) throw new StationError('store.unavailable');
      return { workers: this.#found(ids).map((record) => this.#printed(record)) };
    },
    'worker.sheet-numbers': ({ ids }) => ({
      workers: this.#found(ids).map(({ id, maskedNumber }) => ({
        id,
        number: maskedNumber.replace('********', '19860409'),
      })),
    }),
    'worker.note-printing': (order) => {
      this.orders.push(order);
      return {};
    },
    'worker.signature': () => (this.part.consent?.isSigned === false ? {} : { png: this.#pictures().signature }),
  };
}
