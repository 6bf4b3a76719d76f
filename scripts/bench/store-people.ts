import { sampleDraft } from '../../native-bridge/store/sample-draft.ts';
import type { SealedDraft } from '../../native-bridge/store/seal.ts';

/** A sequence of numbers 0..1 that is the same in every run (mulberry32). */
export function repeatableRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The commonest surnames of China with their share in 1/1000 (Ministry of Public Security, report on names, 2020). */
const surnames: readonly (readonly [string, number])[] = [
  ...([
    ['王', 72],
    ['李', 71],
    ['张', 67],
    ['刘', 51],
    ['陈', 46],
    ['杨', 31],
    ['黄', 24],
    ['赵', 22],
  ] as const),
  ...([
    ['吴', 20],
    ['周', 19],
    ['徐', 15],
    ['孙', 14],
    ['马', 13],
    ['朱', 12],
    ['胡', 11],
    ['郭', 11],
  ] as const),
  ...([
    ['何', 10],
    ['林', 10],
    ['罗', 9],
    ['高', 9],
    ['梁', 9],
    ['郑', 8],
    ['谢', 8],
    ['宋', 8],
  ] as const),
];
/** The other 43 %; some with several readings. */
const rarer = [
  ...'唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦覃农莫蓝岑单仇解查区盖欧',
];
const given = [
  ...'伟强磊军洋勇艳杰涛明超秀霞平刚桂英华建国志文辉力永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发武新利清飞',
  ...'彬富顺信子松柏树树林水木土金宝玉春夏秋冬梅兰竹菊红光天达安岩中茂进有坚和彪博诚先敬震振壮会思群豪心邦承乐绍',
];

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}

function surname(random: () => number): string {
  let rest = random() * 1000;
  for (const [name, share] of surnames) {
    rest -= share;
    if (rest < 0) return name;
  }
  return pick(random, rarer);
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Divisions 459901 to 459999 do not exist; a few of them are as common as the home county of a gang's foreman. */
function number(random: () => number, index: number): string {
  const division = 459901 + Math.floor(random() ** 3 * 99);
  const birth = `${1965 + Math.floor(random() * 40)}${twoDigits(1 + Math.floor(random() * 12))}${twoDigits(1 + Math.floor(random() * 28))}`;
  const serial = String((index * 7919) % 1000).padStart(3, '0');
  return `${division}${birth}${serial}${pick(random, [...'0123456789X'])}`;
}

export interface Person {
  readonly name: string;
  readonly number: string;
  readonly team: number;
}

/** One in 400 has a long name with a middle dot. */
export function inventedPerson(random: () => number, index: number): Person {
  const long = random() < 1 / 400;
  const givenName = pick(random, given) + (random() < 0.85 ? pick(random, given) : '');
  const name = long ? `阿布都·${pick(random, given)}${pick(random, given)}曼` : surname(random) + givenName;
  return { name, number: number(random, index), team: Math.floor(random() * 800) };
}

/** A complete enrolment of that person with pictures of `pictureBytes` each. */
export function draftOf({ name, number: cardNumber, team }: Person, pictureBytes: number): SealedDraft {
  const draft = sampleDraft(cardNumber, pictureBytes);
  return {
    ...draft,
    team: { ...draft.team, teamName: `第${team + 1}班组` },
    card: { ...draft.card, fields: { ...draft.card.fields, name } },
  };
}
