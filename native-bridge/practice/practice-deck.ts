import type { CardImage } from './card-image.ts';
import { peopleWithOtherCards } from './other-card-people.ts';
import { assemblePracticeCard, makePracticeCard } from './practice-card.ts';
import { holderName, LONG_TERM } from './practice-fields.ts';
import { NEVER_GIVEN_SEQUENCE, practiceNumber, withWrongCheck } from './practice-number.ts';
import { mainlandFields, type PracticePerson, term } from './practice-person.ts';
import { encodePracticePortrait } from './practice-portrait.ts';
import { makeSimplePortrait } from './simple-portrait.ts';

/** 宾阳县 of the former Nanning prefecture, given up in 2002 (450126 since). */
const ABOLISHED_DIVISION = '452123';

/**
 * The practice cards on a given day. Whoever has to be under age, or hold a card that is still good, is made relative to
 * that day; the rest is fixed.
 */
export function practiceDeck(today: Date = new Date()): readonly PracticePerson[] {
  const year = today.getFullYear();
  return [
    ...ordinaryPeople(year),
    personWithFingerprints(year),
    ...peopleOfSpecialAge(year),
    ...peopleWithFindings(year),
    ...peopleWithOtherCards(year),
  ];
}

/** The person of that id or, failing that, of that name. */
export function findPracticePerson(idOrName: string, today?: Date): PracticePerson | undefined {
  const deck = practiceDeck(today);
  return deck.find((person) => person.id === idOrName) ?? deck.find((person) => holderName(person.fields) === idOrName);
}

/**
 * The person's card: with the picture (JPEG or PNG) as its portrait, else with a drawn one. Throws
 * `PracticePortraitError` for a picture that cannot be a portrait.
 */
export async function makeDeckCard(person: PracticePerson, picture?: Uint8Array): Promise<CardImage> {
  if (picture !== undefined) return makePracticeCard({ ...person, picture });
  return assemblePracticeCard({ ...person, photo: await drawnPhoto(person.portraitSeed) });
}

const drawnPhotos = new Map<number, Promise<Uint8Array>>();

/** The photo block of a drawing; each is coded once. */
export function drawnPhoto(seed: number): Promise<Uint8Array> {
  const known = drawnPhotos.get(seed);
  if (known) return known;
  const made = makeSimplePortrait(seed).then((drawing) => encodePracticePortrait(drawing, 'quick'));
  drawnPhotos.set(seed, made);
  return made;
}

function ordinaryPeople(year: number): PracticePerson[] {
  return [
    {
      id: 'adult-male-zhuang',
      purpose: '成年男性，壮族，证件有效',
      portraitSeed: 0,
      fields: mainlandFields({
        name: '韦试样',
        sexCode: '1',
        ethnicCode: '08',
        birth: '19880317',
        ...term(year - 6, 20),
      }),
    },
    {
      id: 'adult-female-han',
      purpose: '成年女性，汉族，有追加住址',
      portraitSeed: 1,
      newestAddress: '示例省练习市样板区新迁路9号3栋502室',
      fields: mainlandFields({
        name: '覃示例',
        sexCode: '2',
        ethnicCode: '01',
        birth: '19920608',
        ...term(year - 3, 20),
      }),
    },
    {
      id: 'adult-male-uyghur-long-name',
      purpose: '成年男性，维吾尔族，长姓名带间隔点',
      portraitSeed: 10,
      fields: mainlandFields({
        name: '示例江·试样买买提练习',
        sexCode: '1',
        ethnicCode: '05',
        birth: '19850921',
        ...term(year - 8, 20),
      }),
    },
    {
      id: 'adult-female-miao-rare-character',
      purpose: '成年女性，苗族，姓名含扩展区生僻字',
      portraitSeed: 5,
      // U+23C97 lies beyond the basic plane and takes two of the fifteen places.
      fields: mainlandFields({
        name: '莫\u{23C97}样',
        sexCode: '2',
        ethnicCode: '06',
        birth: '19951130',
        ...term(year - 2, 10),
      }),
    },
    {
      id: 'adult-male-dong-private-character',
      purpose: '成年男性，侗族，姓名含自造字（需人工核对）',
      portraitSeed: 2,
      fields: mainlandFields({
        name: '石\u{E863}例',
        sexCode: '1',
        ethnicCode: '12',
        birth: '19900112',
        ...term(year - 4, 20),
      }),
    },
  ];
}

function personWithFingerprints(year: number): PracticePerson {
  return {
    id: 'adult-male-with-fingerprints',
    purpose: '成年男性，汉族，卡内有两枚指纹',
    portraitSeed: 4,
    fields: mainlandFields({
      name: '邓指纹',
      sexCode: '1',
      ethnicCode: '01',
      birth: '19890228',
      ...term(year - 1, 20),
    }),
    fingerprints: [
      { position: 11, registration: 1, quality: 78 },
      { position: 16, registration: 1, quality: 64 },
    ],
  };
}

function peopleOfSpecialAge(year: number): PracticePerson[] {
  return [
    {
      id: 'minor-male-yao',
      purpose: '未满16周岁，瑶族，不得登记',
      portraitSeed: 6,
      fields: mainlandFields({
        name: '盘练习',
        sexCode: '1',
        ethnicCode: '13',
        birth: `${year - 14}0102`,
        ...term(year - 2, 5),
      }),
    },
    {
      id: 'over-sixty-male-han-long-term',
      purpose: '超过60周岁，汉族，证件长期有效',
      portraitSeed: 14,
      fields: mainlandFields({
        name: '黄样本',
        sexCode: '1',
        ethnicCode: '01',
        birth: `${year - 63}0220`,
        validFrom: `${year - 15}0601`,
        validTo: LONG_TERM,
      }),
    },
  ];
}

function peopleWithFindings(year: number): PracticePerson[] {
  const mismatched = mainlandFields({
    name: '蓝测试',
    sexCode: '1',
    ethnicCode: '08',
    birth: '19830705',
    ...term(year - 5, 20),
  });
  return [
    {
      id: 'expired-female-zhuang',
      purpose: '成年女性，壮族，证件已过期',
      portraitSeed: 9,
      fields: mainlandFields({
        name: '农过期',
        sexCode: '2',
        ethnicCode: '08',
        birth: '19860414',
        ...term(year - 21, 20),
      }),
    },
    {
      id: 'wrong-check-digit',
      purpose: '号码校验位不符',
      portraitSeed: 16,
      fields: { ...mismatched, number: withWrongCheck(mismatched.number) },
    },
    {
      id: 'unknown-ethnic-code',
      purpose: '民族代码不在对照表内（需人工核对）',
      portraitSeed: 8,
      fields: mainlandFields({
        name: '穆未知',
        sexCode: '1',
        ethnicCode: '77',
        birth: '19910511',
        ...term(year - 4, 20),
      }),
    },
    {
      id: 'abolished-division',
      purpose: '号码前六位为已撤销区划，籍贯须按历史区划判断',
      portraitSeed: 13,
      fields: {
        ...mainlandFields({ name: '梁旧县', sexCode: '2', ethnicCode: '08', birth: '19790826', ...term(year - 7, 20) }),
        number: practiceNumber({ division: ABOLISHED_DIVISION, birth: '19790826', sequence: NEVER_GIVEN_SEQUENCE }),
      },
    },
  ];
}
