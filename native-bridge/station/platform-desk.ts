import sharp from 'sharp';
import { asStationError, type StationError } from '../contract/errors.ts';
import type { PlatformState, ProjectConnection } from '../contract/station.ts';
import { Delivery, type DeliveryPace } from '../enrolment/delivery.ts';
import type { UploadPictures } from '../enrolment/worker-upload.ts';
import type { Connector } from '../platform/connector.ts';
import type { Store } from '../store/open-store.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openConnector } from './open-connector.ts';

export interface PlatformDeskOptions {
  readonly store: Store;
  readonly connection: ProjectConnection | undefined;
  readonly now: () => Date;
  /** Without one there are only the dialects that come with the station. */
  readonly dialects?: DialectShelf;
  /** Otherwise than the platform's dialect has it. */
  readonly pace?: DeliveryPace;
  readonly onRecordChanged: (id: string) => void;
  readonly onStateChanged: () => void;
}

/** Portraits come from the chip as PNG; the platform takes JPEG. Nothing is enlarged or sharpened. */
const portraitQuality = 92;

/**
 * The two pictures of a record as files for the platform. Where the chip's portrait could not be decoded the live photo
 * stands for it, as smaller systems do: the platform refuses a record without.
 */
async function uploadPictures(store: Store, id: string): Promise<UploadPictures> {
  const photo = store.records.photo(id) ?? new Uint8Array();
  const portrait = store.records.portrait(id);
  if (portrait === undefined) return { portrait: photo, photo };
  return { portrait: await sharp(portrait).jpeg({ quality: portraitQuality }).toBuffer(), photo };
}

/** Throws what `openConnector` does for a connection that no request could be made with. */
export function demandUsable(connection: ProjectConnection, dialects: DialectShelf): void {
  openConnector(connection, dialects);
}

/** A platform that answers at once has no outcomes to be asked for. */
function paceOf(connection: ProjectConnection, dialects: DialectShelf): Partial<DeliveryPace> {
  const dialect = dialects.find(connection.dialect);
  return dialect.driver === 'national' ? { outcomeWaitsMs: dialect.pollSeconds.map((seconds) => seconds * 1000) } : {};
}

/** The station's link to its platform: delivery of sealed records and what the lamp shows. */
export class PlatformDesk {
  readonly #options: PlatformDeskOptions;
  readonly #dialects: DialectShelf;
  readonly #connector: Connector | undefined;
  readonly #delivery: Delivery;
  #state: PlatformState;

  constructor(options: PlatformDeskOptions) {
    const { store, connection, now } = options;
    this.#options = options;
    this.#dialects = options.dialects ?? new DialectShelf();
    this.#state = { state: connection === undefined ? 'not-configured' : 'unknown' };
    this.#connector = connection && this.#connect(connection);
    this.#delivery = new Delivery({
      store: {
        outbox: store.outbox,
        teams: store.teams,
        record: (id) => store.records.load(id).draft,
        pictures: (id) => uploadPictures(store, id),
      },
      target: () =>
        this.#connector && connection && { connector: this.#connector, projectCode: connection.projectCode },
      now,
      random: Math.random,
      onRecordChanged: options.onRecordChanged,
      onPlatform: (error) => this.#heard(error),
      pace: options.pace ?? (this.#connector && connection ? paceOf(connection, this.#dialects) : {}),
    });
  }

  get state(): PlatformState {
    const difference = this.#connector?.clockDifferenceSeconds;
    return { ...this.#state, ...(difference !== undefined && { clockDifferenceSeconds: difference }) };
  }

  wake(): void {
    this.#delivery.wake();
  }

  /** Runs `work` while nothing is being sent. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#delivery.exclusive(work);
  }

  async close(): Promise<void> {
    await this.#delivery.stop();
  }

  /** A connection that cannot be used is a state to be put right in the settings, not the end of the station. */
  #connect(connection: ProjectConnection): Connector | undefined {
    try {
      return openConnector(connection, this.#dialects);
    } catch (cause) {
      this.#state = { state: 'trouble', error: { code: asStationError(cause).code } };
      return undefined;
    }
  }

  #heard(error: StationError | undefined): void {
    const { lastSuccessAt } = this.#state;
    const before = this.#state;
    // A record refused for its content is the record's trouble; the platform itself is well.
    const platformTrouble = error !== undefined && error.code !== 'platform.record-refused';
    this.#state = platformTrouble
      ? { state: 'trouble', error: { code: error.code }, ...(lastSuccessAt && { lastSuccessAt }) }
      : { state: 'reachable', lastSuccessAt: this.#options.now().toISOString() };
    if (before.state !== this.#state.state || before.error?.code !== this.#state.error?.code) {
      this.#options.onStateChanged();
    }
  }
}
