import { pinyin } from 'pinyin-pro';

/** A worker's name as the full-text table holds it; words separated by spaces. */
export interface NameWords {
  /** Every character of the name. */
  readonly name: string;
  /** First letters of the pinyin as one word, of the whole name and of its later parts. */
  readonly initials: string;
  /** The pinyin syllables in order; different readings of the same name stand apart. */
  readonly syllables: string;
}

/** Readings of one name: three characters with two readings each make eight. */
const mostReadings = 24;

/** Up to here any character may begin what is looked for; of a longer name only its parts. */
const longestPlainName = 4;

/** Between two readings, so that no phrase runs from one into the next. */
const readingsApart = ' 0 ';

const separators = /[^\p{L}\p{N}\p{Co}]+/gu;

/**
 * Text as it is compared: full-width forms and letter case made one, accents, middle dots, spaces and other signs left
 * out. What stands between signs comes apart.
 */
export function comparedParts(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase();
  return plain.split(separators).filter((part) => part !== '');
}

/** One Chinese character or one foreign word, with every way in which it is read. */
interface Unit {
  readonly readings: readonly string[];
  readonly beginsPart: boolean;
}

const knownReadings = new Map<string, readonly string[]>();

/** Without tones, ü as v; none for a character that the library does not know. */
function readingsOf(character: string): readonly string[] {
  const known = knownReadings.get(character);
  if (known !== undefined) return known;
  const all = pinyin(character, { multiple: true, toneType: 'none', v: true, type: 'array' });
  const readings = [...new Set(all)].filter((reading) => /^[a-z]+$/.test(reading));
  knownReadings.set(character, readings);
  return readings;
}

function unitsOf(part: string): Unit[] {
  const pieces = part.match(/[a-z]+|\P{M}/gu) ?? [];
  return pieces.map((piece, index) => ({
    readings: /^[a-z]+$/.test(piece) ? [piece] : readingsOf(piece),
    beginsPart: index === 0,
  }));
}

/** All combinations; once there are too many, the later characters keep their most usual reading only. */
function combinations(units: readonly Unit[]): string[][] {
  return units.reduce<string[][]>(
    (sequences, { readings }) => {
      const taken = sequences.length * readings.length > mostReadings ? readings.slice(0, 1) : readings;
      return sequences.flatMap((sequence) => taken.map((reading) => [...sequence, reading]));
    },
    [[]],
  );
}

function initialWords(initials: string, units: readonly Unit[]): string[] {
  const tails = units.flatMap(({ beginsPart }, start) => {
    const tail = initials.slice(start);
    return (beginsPart || units.length <= longestPlainName) && tail.length > 1 ? [tail] : [];
  });
  return [initials.slice(0, 1), ...tails];
}

export function nameWords(name: string): NameWords {
  const parts = comparedParts(name);
  const units = parts.flatMap(unitsOf).filter(({ readings }) => readings.length > 0);
  const readings = combinations(units).filter((reading) => reading.length > 0);
  const initials = new Set(readings.map((reading) => reading.map((syllable) => syllable.charAt(0)).join('')));
  return {
    name: [...parts.join('')].join(' '),
    initials: [...new Set([...initials].flatMap((word) => initialWords(word, units)))].join(' '),
    syllables: readings.map((reading) => reading.join(' ')).join(readingsApart),
  };
}
