import { describe, expect, it } from 'vitest';
import ethnicGroups from '../../../assets/codes/ethnic-groups.json' with { type: 'json' };
import { makeDeckCard, practiceDeck } from '../../practice/practice-deck.ts';
import { holderName } from '../../practice/practice-fields.ts';
import { readCardText } from './card-text.ts';
import { readFingerprints } from './fingerprints.ts';

const deck = practiceDeck(new Date('2026-11-23T04:00:00'));
const dashed = (day: string) => day.replace(/^(....)(..)(..)$/, '$1-$2-$3');

// The practice cards are written by code that knows nothing of the reader.
describe('the cards of the practice deck', () => {
  it.each(deck.filter(({ layoutFlag }) => layoutFlag === undefined))('are read as meant: $id', async (person) => {
    const card = await makeDeckCard(person);
    const { kind, sexCode, number, birth } = person.fields;
    const name = holderName(person.fields);
    expect(readCardText(card.text, ethnicGroups)).toMatchObject({ kind, sexCode, number, name, birth: dashed(birth) });
    const prints = (person.fingerprints ?? []).map(({ position }) => ({ position, registration: 'registered' }));
    expect(readFingerprints(card.fingerprint)).toEqual(prints);
  });

  it('have all the fields of their kind', async () => {
    const fieldsOf = async (id: string) => {
      const person = deck.find((one) => one.id === id);
      return person && readCardText((await makeDeckCard(person)).text, ethnicGroups);
    };
    expect(await fieldsOf('residence-permit-hong-kong')).toMatchObject({
      travelPassNumber: 'H00000000',
      issueCount: '01',
    });
    expect(await fieldsOf('foreigner-2017-no-chinese-name')).toMatchObject({
      chineseName: '',
      englishName: 'PRACTICE, SAMPLE TEST',
      nationality: 'PAK',
      cardVersion: '01',
      acceptingAuthorityCode: '4599',
    });
    expect(await fieldsOf('foreigner-2023-former-number')).toMatchObject({
      englishName: 'PRACTICE, ANNA-MARIA ALEXANDRA SAMPLE TEST',
      nationality: 'KAZ',
      renewals: '01',
      formerNumber: 'KAZ459990123100',
    });
    expect(await fieldsOf('unknown-ethnic-code')).not.toHaveProperty('ethnicGroup');
  });

  it('have one that is refused', async () => {
    const unknown = deck.find(({ layoutFlag }) => layoutFlag !== undefined);
    const card = unknown && (await makeDeckCard(unknown));
    const reading = () => readCardText(card?.text ?? new Uint8Array(), ethnicGroups);
    expect(reading).toThrow(expect.objectContaining({ code: 'card.unknown-layout' }) as Error);
  });
});

describe('the table of ethnic groups', () => {
  // GB/T 3304 in its order, and 97 and 98 of its supplement.
  const standard =
    '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 ' +
    '柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 ' +
    '塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺';

  it('has the 56 groups, the others and naturalised people', () => {
    const groups = standard.split(' ');
    expect(groups).toHaveLength(56);
    const rows = groups.map((name, index) => [String(index + 1).padStart(2, '0'), name]);
    const others = { '97': '其他', '98': '外国血统中国籍人士' };
    expect(ethnicGroups).toEqual({ ...Object.fromEntries(rows), ...others });
  });
});
