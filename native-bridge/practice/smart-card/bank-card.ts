import { ascii, commandData, hex, join, type SmartCard, startsWith, STATUS, success } from './smart-card.ts';

/** UnionPay debit, dual interface. */
const APPLICATION = hex('A000000333010101');
const CONTACTLESS_ATR = hex('3B 8A 80 01 00 31 C1 73 C8 40 00 00 90 00 90');

export interface BankCardOptions {
  /** Digits with a right check digit; use a head that was never given to a bank (99…). */
  readonly number: string;
  /**
   * Where the number stands: in tag 5A of a record, only in the track 2 of a record, or already in the track 2 of the
   * answer to GET PROCESSING OPTIONS (as quick payment cards have it).
   */
  readonly numberIn?: 'record' | 'track' | 'options';
  /** Directory for contactless cards, for contact cards, or none. */
  readonly directory?: '2PAY' | '1PAY' | 'none';
}

/** A data object with a length below 128 or, beyond that, of one more byte. */
function dataObject(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = join(...parts);
  const length = value.length < 0x80 ? Uint8Array.of(value.length) : Uint8Array.of(0x81, value.length);
  return join(hex(tag), length, value);
}

const packed = (digits: string): Uint8Array => hex(digits.length % 2 === 0 ? digits : `${digits}F`);
const track = (number: string): Uint8Array => dataObject('57', packed(`${number}D99122010000000000`));

const directoryEntry = dataObject('61', dataObject('4F', APPLICATION), dataObject('50', ascii('PRACTICE DEBIT')));

/** Asks its terminal for 9F66 (4), 9F02 (6), 5F2A (2) and 9F37 (4). */
const wantedData = dataObject('9F38', hex('9F6604 9F0206 5F2A02 9F3704'));
const WANTED_BYTES = 16;

class BankChip implements SmartCard {
  readonly atr = CONTACTLESS_ATR;
  readonly #options: Required<BankCardOptions>;
  #selected: 'nothing' | 'directory' | 'application' | 'opened' = 'nothing';

  constructor(options: BankCardOptions) {
    this.#options = { numberIn: 'record', directory: '2PAY', ...options };
  }

  reset(): void {
    this.#selected = 'nothing';
  }

  answer(command: Uint8Array): Uint8Array {
    if (startsWith(command, '00A40400')) return this.#select(commandData(command));
    if (startsWith(command, '80A80000')) return this.#open(commandData(command));
    if (startsWith(command, '00B2')) return this.#readRecord(command[2] ?? 0, (command[3] ?? 0) >> 3);
    return STATUS.noCommand;
  }

  #select(name: Uint8Array): Uint8Array {
    const text = Buffer.from(name).toString('ascii');
    if (text === `${this.#options.directory}.SYS.DDF01`) return this.#selectDirectory(name);
    if (Buffer.compare(name, APPLICATION) !== 0) return STATUS.noFile;
    this.#selected = 'application';
    return success(dataObject('6F', dataObject('84', APPLICATION), dataObject('A5', wantedData)));
  }

  #selectDirectory(name: Uint8Array): Uint8Array {
    this.#selected = 'directory';
    const content =
      this.#options.directory === '2PAY' ? dataObject('BF0C', directoryEntry) : dataObject('88', Uint8Array.of(1));
    return success(dataObject('6F', dataObject('84', name), dataObject('A5', content)));
  }

  #open(data: Uint8Array): Uint8Array {
    if (this.#selected !== 'application') return STATUS.conditions;
    if (data[0] !== 0x83 || data[1] !== WANTED_BYTES || data.length !== 2 + WANTED_BYTES) return STATUS.wrongParameter;
    this.#selected = 'opened';
    const profile = hex('7C00');
    const locator = hex('08010100 10010201');
    if (this.#options.numberIn !== 'options') return success(dataObject('80', profile, locator));
    return success(dataObject('77', dataObject('82', profile), track(this.#options.number)));
  }

  #readRecord(number: number, file: number): Uint8Array {
    if (this.#selected === 'directory' && file === 1 && number === 1) return success(dataObject('70', directoryEntry));
    if (this.#selected !== 'opened') return STATUS.conditions;
    const content = this.#records()[`${file}.${number}`];
    return content ? success(dataObject('70', content)) : STATUS.noRecord;
  }

  /** The first record holds a certificate's worth of bytes, so that its length takes two. */
  #records(): Readonly<Record<string, Uint8Array>> {
    const { number, numberIn } = this.#options;
    return {
      '1.1': dataObject('90', new Uint8Array(144).fill(0x5a)),
      '2.1': numberIn === 'track' ? track(number) : dataObject('5A', packed(number)),
      '2.2': dataObject('5F24', hex('991231')),
    };
  }
}

/** A bank card with an invented number. */
export const bankCard = (options: BankCardOptions): SmartCard => new BankChip(options);
