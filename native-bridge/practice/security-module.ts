import { checkCardImage, type CardImage } from './card-image.ts';
import { findCommandRule, type CommandName, type CommandRule } from './module-command.ts';
import type { ModuleDelays } from './module-delays.ts';
import { FaultPlan, type ModuleFault } from './module-fault.ts';
import { MODULE_STATUS } from './module-status.ts';
import { addedInformation, bodyNumberAs, wrongNumber, type ModuleVariant } from './module-variant.ts';

/**
 * Where the module stands with the card in its field. `read` still answers select and reads; `lost` is a card that went
 * away after it was selected: reads answer 41, select 81, until a new find.
 */
export type CardPhase = 'idle' | 'found' | 'selected' | 'read' | 'lost';

export interface ModuleAnswer {
  readonly status: number;
  readonly data: Uint8Array;
  /** The line breaks off in the middle of this answer. */
  readonly cut: boolean;
}

/** One command under way: `work` names the delay, and only `finish` touches the card, so a lift in between counts. */
export interface ModuleJob {
  readonly command: CommandName | 'unknown';
  readonly work: keyof ModuleDelays;
  readonly finish: () => ModuleAnswer;
}

export interface ModuleState {
  readonly phase: CardPhase;
  readonly cardPresent: boolean;
  /** The card has been read and was not lifted since: find answers 80. */
  readonly alreadyRead: boolean;
  readonly selfTestFails: boolean;
  readonly notAuthorised: boolean;
}

/** Statuses that say the command was not carried out at all, so that the order of commands stands as before. */
const NOT_CARRIED_OUT: readonly number[] = [
  MODULE_STATUS.badChecksum,
  MODULE_STATUS.badLength,
  MODULE_STATUS.wrongCommand,
  MODULE_STATUS.noSuchContent,
];
/** Smallest accepted radio frame in bytes. */
const SMALLEST_RADIO_FRAME = 24;
/** Find hands over 4 and select 8 bytes of management information, zero in practice. */
const FIND_BYTES = 4;
const SELECT_BYTES = 8;

/** The module's own rules, without time and without a line: which command may follow which, and what each answers. */
export class SecurityModule {
  readonly #samNumber: Uint8Array;
  readonly #fault = new FaultPlan();
  #variant: ModuleVariant;
  #phase: CardPhase = 'idle';
  #card: CardImage | undefined;
  #alreadyRead = false;
  #fieldIsOn = true;
  #numberWasAsked = false;
  #liftDuringRead: { readonly cut: boolean } | undefined;
  #powerCycles = 0;

  constructor(samNumber: Uint8Array, variant: ModuleVariant = {}) {
    this.#samNumber = samNumber;
    this.#variant = variant;
  }

  get state(): ModuleState {
    return {
      phase: this.#phase,
      cardPresent: this.#card !== undefined,
      alreadyRead: this.#alreadyRead,
      selfTestFails: this.#fault.selfTestFails,
      notAuthorised: this.#fault.notAuthorised,
    };
  }

  /** Puts a card on the field; one that is already there is taken away first. Throws `CardImageError` on a wrong block. */
  lay(card: CardImage): void {
    checkCardImage(card);
    this.lift();
    // A copy, so that the same card laid again mid-read counts as another presentation.
    this.#card = { ...card };
  }

  lift(): void {
    if (this.#card && this.#phase !== 'idle') this.#phase = this.#phase === 'found' ? 'idle' : 'lost';
    this.#card = undefined;
    this.#alreadyRead = false;
  }

  liftDuringNextRead(options: { readonly cut: boolean }): void {
    this.#liftDuringRead = options;
  }

  setFault(fault: ModuleFault): void {
    this.#fault.set(fault);
  }

  /** The module is of another kind from now on. */
  setVariant(variant: ModuleVariant): void {
    this.#variant = variant;
  }

  /** Power was lost: everything but the card on the field and lasting faults is forgotten. */
  powerCycle(): void {
    this.#forgetCard();
    this.#fieldIsOn = true;
    this.#numberWasAsked = false;
    this.#liftDuringRead = undefined;
    this.#powerCycles += 1;
  }

  /** How often power was lost; a job that was begun under another count has died. */
  get powerCycles(): number {
    return this.#powerCycles;
  }

  /** Takes up one request (command, parameter, data). */
  begin(body: Uint8Array): ModuleJob {
    const rule = findCommandRule(body);
    if (this.#fault.selfTestFails) return refusal(rule, MODULE_STATUS.selfTestFailed);
    if (!rule || !this.#knows(rule.name)) return refusal(rule, MODULE_STATUS.wrongCommand);
    if (body.length !== 2 + rule.dataBytes) return refusal(rule, MODULE_STATUS.badLength);
    if (this.#fault.notAuthorised && needsAuthorisation(rule.name)) return refusal(rule, MODULE_STATUS.notAuthorised);
    return this.#forced(rule.name) ?? this.#job(rule, body);
  }

  #knows(command: CommandName): boolean {
    if (command === 'antenna') return this.#variant.hidesReadCard === 'until-antenna';
    return command !== 'read-added-information' || this.#variant.readsAddedInformation === true;
  }

  #forced(command: CommandName): ModuleJob | undefined {
    const status = this.#fault.take(command);
    if (status === undefined) return undefined;
    return { command, work: this.#workOf(command), finish: () => this.#playStatus(status) };
  }

  #playStatus(status: number): ModuleAnswer {
    if (!NOT_CARRIED_OUT.includes(status)) this.#phase = 'idle';
    return answer(status);
  }

  #job({ name: command }: CommandRule, body: Uint8Array): ModuleJob {
    switch (command) {
      case 'reset':
        return { command, work: 'reset', finish: () => this.#reset() };
      case 'status':
        return { command, work: 'status', finish: () => answer(MODULE_STATUS.done) };
      case 'sam-number':
        return { command, work: 'samNumber', finish: () => this.#number() };
      case 'find':
        return { command, work: this.#workOf(command), finish: () => this.#find() };
      case 'select':
        return { command, work: 'select', finish: () => this.#select() };
      case 'set-radio-frame':
        return { command, work: 'status', finish: () => setRadioFrame(body[2] ?? 0) };
      case 'antenna':
        return { command, work: 'status', finish: () => this.#switchAntenna(body[2] !== 0) };
      default:
        return this.#readJob(command);
    }
  }

  #reset(): ModuleAnswer {
    const { hidesReadCard = 'until-reset' } = this.#variant;
    if (hidesReadCard === 'until-reset') this.#forgetCard();
    this.#phase = 'idle';
    return answer(MODULE_STATUS.done);
  }

  #number(): ModuleAnswer {
    const isWrong = this.#variant.firstNumberWrong === true && !this.#numberWasAsked;
    this.#numberWasAsked = true;
    return answer(MODULE_STATUS.done, isWrong ? wrongNumber(this.#samNumber) : this.#samNumber);
  }

  #switchAntenna(on: boolean): ModuleAnswer {
    if (!on) this.#forgetCard();
    this.#fieldIsOn = on;
    return answer(MODULE_STATUS.done);
  }

  #forgetCard(): void {
    this.#phase = 'idle';
    this.#alreadyRead = false;
  }

  #find(): ModuleAnswer {
    if (!this.#canBeFound()) return answer(MODULE_STATUS.findFailed);
    this.#phase = 'found';
    return answer(MODULE_STATUS.cardFound, new Uint8Array(FIND_BYTES));
  }

  #canBeFound(): boolean {
    return this.#card !== undefined && this.#fieldIsOn && !this.#alreadyRead;
  }

  #select(): ModuleAnswer {
    if (!this.#card || this.#phase === 'idle' || this.#phase === 'lost') return answer(MODULE_STATUS.selectFailed);
    if (this.#phase === 'found') this.#phase = 'selected';
    return answer(MODULE_STATUS.done, new Uint8Array(SELECT_BYTES));
  }

  #readJob(command: CommandName): ModuleJob {
    if (command === 'read-text-photo-fingerprint' && this.#variant.readsFingerprint === false)
      return { command, work: 'refuse', finish: () => answer(MODULE_STATUS.wrongCommand) };
    if (this.#phase === 'idle' || this.#phase === 'found')
      return { command, work: 'refuse', finish: () => answer(MODULE_STATUS.notPermitted) };
    const card = this.#phase === 'lost' ? undefined : this.#card;
    return { command, work: this.#workOf(command), finish: () => this.#finishRead(command, card) };
  }

  /** `card` is the one that lay there when the read began. */
  #finishRead(command: CommandName, card: CardImage | undefined): ModuleAnswer {
    const lift = card ? this.#liftDuringRead : undefined;
    if (lift) this.#liftNow();
    if (!card || (card !== this.#card && !lift?.cut)) return answer(MODULE_STATUS.readingFailed);
    const content = contentOf(command, card, this.#variant);
    if (!lift && content.data.length > 0 && carriesText(command)) this.#markRead();
    return lift ? { ...content, cut: true } : content;
  }

  #liftNow(): void {
    this.#liftDuringRead = undefined;
    this.lift();
  }

  #markRead(): void {
    this.#phase = 'read';
    this.#alreadyRead = this.#variant.hidesReadCard !== 'never';
  }

  #workOf(command: CommandName): keyof ModuleDelays {
    if (command === 'find') return this.#canBeFound() ? 'find' : 'findNothing';
    return WORK_OF_COMMAND[command];
  }
}

const WORK_OF_COMMAND: Record<Exclude<CommandName, 'find'>, keyof ModuleDelays> = {
  reset: 'reset',
  status: 'status',
  'sam-number': 'samNumber',
  select: 'select',
  'read-text-photo': 'readTextPhoto',
  'read-text-photo-fingerprint': 'readFingerprint',
  'read-newest-address': 'readNewestAddress',
  'read-body-number': 'readBodyNumber',
  'read-added-information': 'readNewestAddress',
  'set-radio-frame': 'status',
  antenna: 'status',
};

function answer(status: number, data: Uint8Array = new Uint8Array(0)): ModuleAnswer {
  return { status, data, cut: false };
}

function refusal(rule: CommandRule | undefined, status: number): ModuleJob {
  return { command: rule?.name ?? 'unknown', work: 'refuse', finish: () => answer(status) };
}

/** Commands that a module without keys carries out. */
const WITHOUT_KEYS: readonly CommandName[] = ['reset', 'status', 'set-radio-frame', 'antenna'];

function needsAuthorisation(command: CommandName): boolean {
  return !WITHOUT_KEYS.includes(command);
}

function setRadioFrame(bytes: number): ModuleAnswer {
  return answer(bytes >= SMALLEST_RADIO_FRAME ? MODULE_STATUS.done : MODULE_STATUS.wrongCommand);
}

function carriesText(command: CommandName): boolean {
  return command === 'read-text-photo' || command === 'read-text-photo-fingerprint';
}

function contentOf(command: CommandName, card: CardImage, variant: ModuleVariant): ModuleAnswer {
  switch (command) {
    case 'read-text-photo':
      return answer(MODULE_STATUS.done, withLengths([card.text, card.photo]));
    case 'read-text-photo-fingerprint':
      return withFingerprint(card, variant);
    case 'read-newest-address':
      return addressAnswer(card.newestAddress);
    case 'read-added-information':
      return addressAnswer(card.newestAddress && addedInformation(card.newestAddress));
    default:
      return answer(MODULE_STATUS.done, bodyNumberAs(variant.bodyNumberBytes, card.bodyNumber));
  }
}

function addressAnswer(address: Uint8Array | undefined): ModuleAnswer {
  return address ? answer(MODULE_STATUS.done, address) : answer(MODULE_STATUS.noSuchContent);
}

function withFingerprint({ text, photo, fingerprint }: CardImage, { damagedFingerprint }: ModuleVariant): ModuleAnswer {
  if (damagedFingerprint === 'bare') return answer(MODULE_STATUS.fingerprintFailed);
  if (damagedFingerprint === 'with-text')
    return answer(MODULE_STATUS.fingerprintFailed, withLengths([text, photo, new Uint8Array(0)]));
  return answer(MODULE_STATUS.done, withLengths([text, photo, fingerprint]));
}

/** A head of big-endian 16-bit lengths, one for each block, then the blocks. */
function withLengths(blocks: readonly Uint8Array[]): Uint8Array {
  const head = new DataView(new ArrayBuffer(blocks.length * 2));
  blocks.forEach((block, index) => head.setUint16(index * 2, block.length));
  return Uint8Array.from([...new Uint8Array(head.buffer), ...blocks.flatMap((block) => [...block])]);
}
