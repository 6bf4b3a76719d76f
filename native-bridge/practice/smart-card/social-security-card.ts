import { ascii, commandData, hex, join, type SmartCard, startsWith, STATUS, success } from './smart-card.ts';

/** Contacts, T=0. */
const CONTACT_ATR = hex('3B 6D 00 00 00 81 54 44 4D 86 60 9E 12 34 56 78 90');
/** 社会保障 in GBK behind an ASCII head. */
const APPLICATION = join(ascii('sx1.sh.'), hex('C9 E7 BB E1 B1 A3 D5 CF'));
const NAME_BYTES = 30;

export interface SocialSecurityHolder {
  readonly citizenNumber: string;
  /** The name in GBK; this module has no table to make it from text. */
  readonly nameGbk: Uint8Array;
}

export interface SocialSecurityOptions {
  readonly cardNumber: string;
  readonly holder: SocialSecurityHolder;
  /** `file`: the holder's file cannot be selected; `records`: it can, but its records are refused. */
  readonly lock?: 'file' | 'records';
  /** Answered to commands of other applications, for a card that is a bank card as well. */
  readonly besides?: SmartCard;
}

const record = (tag: number, value: Uint8Array): readonly [number, Uint8Array] => [
  tag,
  join(Uint8Array.of(tag, value.length), value),
];

function publicRecords(cardNumber: string): ReadonlyMap<number, Uint8Array> {
  return new Map([
    record(0x01, hex('459999000000000000000000000000A1')),
    record(0x02, ascii('3')),
    record(0x03, ascii('3.00')),
    record(0x04, hex('459999000000000000000001')),
    record(0x05, hex('20240501')),
    record(0x06, hex('20340501')),
    record(0x07, ascii(cardNumber)),
  ]);
}

function holderRecords({ citizenNumber, nameGbk }: SocialSecurityHolder): ReadonlyMap<number, Uint8Array> {
  const name = new Uint8Array(NAME_BYTES);
  name.set(nameGbk);
  return new Map([
    record(0x08, ascii(citizenNumber)),
    record(0x09, name),
    record(0x0a, ascii('1')),
    record(0x0b, hex('08')),
    record(0x0c, hex('459999')),
    record(0x0d, Uint8Array.from(Buffer.from(citizenNumber.slice(6, 14), 'hex'))),
  ]);
}

type Selection = 'nothing' | 'application' | 'holder' | 'besides';

class SocialSecurityChip implements SmartCard {
  readonly atr = CONTACT_ATR;
  readonly #options: SocialSecurityOptions;
  #selected: Selection = 'nothing';

  constructor(options: SocialSecurityOptions) {
    this.#options = options;
  }

  reset(): void {
    this.#selected = 'nothing';
    this.#options.besides?.reset();
  }

  answer(command: Uint8Array): Uint8Array {
    if (startsWith(command, '00A40400')) return this.#selectApplication(command);
    if (this.#selected === 'besides') return this.#options.besides?.answer(command) ?? STATUS.noCommand;
    if (startsWith(command, '00A4020002EF06')) return this.#selectHolder();
    return startsWith(command, '00B2') ? this.#readRecord(command) : STATUS.noCommand;
  }

  #selectApplication(command: Uint8Array): Uint8Array {
    const isOurs = Buffer.compare(commandData(command), APPLICATION) === 0;
    this.#selected = isOurs ? 'application' : 'besides';
    return isOurs ? STATUS.done : (this.#options.besides?.answer(command) ?? STATUS.noFile);
  }

  #selectHolder(): Uint8Array {
    if (this.#selected === 'nothing') return STATUS.conditions;
    if (this.#options.lock === 'file') return STATUS.locked;
    this.#selected = 'holder';
    return STATUS.done;
  }

  #readRecord(command: Uint8Array): Uint8Array {
    const { cardNumber, holder, lock } = this.#options;
    const tag = command[2] ?? 0;
    if (command[3] === 0x2c && this.#selected !== 'nothing') return this.#found(publicRecords(cardNumber).get(tag));
    if (command[3] !== 0x00 || this.#selected !== 'holder') return STATUS.conditions;
    return lock === 'records' ? STATUS.locked : this.#found(holderRecords(holder).get(tag));
  }

  #found(value: Uint8Array | undefined): Uint8Array {
    return value ? success(value) : STATUS.noRecord;
  }
}

/** A social-security card with invented data; its holder's file is open unless locked. */
export const socialSecurityCard = (options: SocialSecurityOptions): SmartCard => new SocialSecurityChip(options);
