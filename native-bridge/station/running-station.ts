import { v7 as newId } from 'uuid';
import type { RecordSummary, Team } from '../contract/enrolment.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import type { EventName, Payload, StationStatus } from '../contract/station.ts';
import { summaryOf } from '../capture/profile.ts';
import type { DeliveryPace } from '../enrolment/delivery.ts';
import { startOfChinaDay } from '../enrolment/china-day.ts';
import { defaultAgeRules } from '../enrolment/findings.ts';
import type { PresentedCard } from '../reader/card-cycle.ts';
import { ReaderMonitor } from '../reader/monitor.ts';
import { noPortraitDecoder } from '../reader/portrait/portrait-decoder.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { CaptureDesk } from './capture-desk.ts';
import { completeReading } from './card-desk.ts';
import { EnrolmentDesk } from './enrolment-desk.ts';
import { PlatformDesk } from './platform-desk.ts';
import { practicePortraitDecoder } from './practice-desk.ts';
import type { StationParts } from './station-parts.ts';

export type Publish = <N extends EventName>(name: N, payload: Payload<N>) => void;

export interface StationOptions extends StartOptions {
  readonly publish: Publish;
}

const consentTextVersion = '1';

/** Practice mode's sandbox answers after about 1.5 s; asking at that pace keeps a lesson short. */
const practicePace: DeliveryPace = { outcomeWaitsMs: [1600, 1600, 3000, 10_000], retryWaitsMs: [1000, 2000, 5000] };

const now = () => new Date();

/** The desks of one station, wired to each other and to the screens. */
export class RunningStation {
  readonly parts: StationParts;
  readonly desk: EnrolmentDesk;
  readonly capture: CaptureDesk;
  readonly platform: PlatformDesk;
  readonly monitor: ReaderMonitor;
  readonly #options: StationOptions;

  constructor(options: StationOptions, parts: StationParts) {
    this.#options = options;
    this.parts = parts;
    this.desk = this.#newDesk();
    this.capture = new CaptureDesk({
      desk: this.desk,
      faces: parts.faces,
      profile: parts.profile,
      onTrouble: (error) => this.#tellTrouble(error),
    });
    this.platform = this.#newPlatform();
    this.monitor = this.#newMonitor();
  }

  start(): void {
    this.monitor.start();
    this.platform.wake();
    this.capture.compareRestored();
  }

  async close(): Promise<void> {
    await this.monitor.stop();
    await this.capture.settled();
    await this.platform.close();
    await this.parts.close();
  }

  status(): StationStatus {
    const { store, profile, practice, faceTrouble } = this.parts;
    const team = this.team();
    return {
      version: this.#options.version,
      practice: practice !== undefined,
      ...(team && { team }),
      platform: this.platform.state,
      unsent: store.records.unsent(),
      today: store.records.today(startOfChinaDay(now())),
      ...(faceTrouble && { faceTrouble }),
      profile: summaryOf(profile),
      consentTextVersion,
      minimumAgeYears: defaultAgeRules.minimumYears,
    };
  }

  /** The chosen team, if it belongs to the connected project. */
  team(): Team | undefined {
    const team = this.parts.store.teams.chosen();
    return team?.projectCode === this.parts.connection?.projectCode ? team : undefined;
  }

  /** The status counts sealed records and names the team, so it changes with either. */
  publishStatus(): void {
    this.#options.publish('station.changed', this.status());
  }

  publishRecord(record: RecordSummary): void {
    this.#options.publish('queue.changed', { record });
    this.publishStatus();
  }

  publishEverything(): void {
    this.publishStatus();
    this.#options.publish('reader.changed', this.monitor.state);
    this.#options.publish('enrolment.changed', this.current());
  }

  current(): Payload<'enrolment.changed'> {
    const enrolment = this.desk.view();
    return enrolment === undefined ? {} : { enrolment };
  }

  #newDesk(): EnrolmentDesk {
    const { store } = this.parts;
    return new EnrolmentDesk({
      store,
      operator: this.#options.operator,
      newId,
      now,
      projectCode: this.parts.connection?.projectCode,
      team: () => this.team(),
      onChanged: () => this.#options.publish('enrolment.changed', this.current()),
      onSealed: (record) => {
        this.publishRecord(record);
        this.platform.wake();
      },
    });
  }

  #newPlatform(): PlatformDesk {
    const { store, connection, practice } = this.parts;
    return new PlatformDesk({
      store,
      connection,
      now,
      ...(practice && { pace: practicePace }),
      onRecordChanged: (id) => this.publishRecord(store.records.summary(id)),
      onStateChanged: () => this.publishStatus(),
    });
  }

  #newMonitor(): ReaderMonitor {
    return new ReaderMonitor(this.parts.settings.reader, this.parts.ethnicGroups, {
      onState: (state) => this.#options.publish('reader.changed', state),
      onCard: (card, reader) => void this.#cardPresented(card, reader),
      onCardTrouble: (code, detail) => this.#options.publish('card.trouble', { code, detail }),
    });
  }

  async #cardPresented(card: PresentedCard, reader: Parameters<typeof completeReading>[1]): Promise<void> {
    const decoder = this.parts.practice === undefined ? noPortraitDecoder : practicePortraitDecoder;
    const rules = { divisions: this.parts.divisions, ages: defaultAgeRules, now };
    try {
      const { practice } = this.parts;
      if (practice !== undefined && reader.samNumber !== practice.samNumber)
        throw new StationError('card.real-in-practice');
      this.desk.cardRead(await completeReading(card, reader, decoder, rules));
    } catch (cause) {
      this.#tellTrouble(asStationError(cause));
    }
  }

  #tellTrouble({ code, detail }: StationError): void {
    this.#options.publish('card.trouble', { code, detail });
  }
}
