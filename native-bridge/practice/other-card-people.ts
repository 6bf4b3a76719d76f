import { foreignerNumber, NEVER_GIVEN_SEQUENCE, practiceNumber } from './practice-number.ts';
import { mainlandFields, PRACTICE_ADDRESS, PRACTICE_AUTHORITY, type PracticePerson, term } from './practice-person.ts';

/** No area has this number, so no foreigner's number made with it belongs to anybody. */
const NO_SUCH_AREA = '4599';
const HONG_KONG = '810000';
/** 9, the province of that area, and Kazakhstan. */
const FOREIGNER_FROM_KAZAKHSTAN = '945398';
const UNKNOWN_FLAG = 'Q';

/** Holders of the cards that are no mainland cards, and of one that no reader knows. */
export function peopleWithOtherCards(year: number): PracticePerson[] {
  return [residentOfHongKong(year), foreignerOf2017(year), foreignerOf2023(year), holderOfUnknownCard(year)];
}

function residentOfHongKong(year: number): PracticePerson {
  const birth = '19900307';
  return {
    id: 'residence-permit-hong-kong',
    purpose: '港澳台居民居住证，香港居民，女性',
    portraitSeed: 17,
    fields: {
      kind: 'residence-permit',
      name: '陈居住',
      sexCode: '2',
      birth,
      address: PRACTICE_ADDRESS,
      number: practiceNumber({ division: HONG_KONG, birth, sequence: NEVER_GIVEN_SEQUENCE }),
      authority: PRACTICE_AUTHORITY,
      travelPassNumber: 'H00000000',
      issueCount: '01',
      ...term(year - 2, 5),
    },
  };
}

function foreignerOf2017(year: number): PracticePerson {
  const birth = '19870615';
  return {
    id: 'foreigner-2017-no-chinese-name',
    purpose: '外国人永久居留身份证（2017版），无中文姓名，号码15位',
    portraitSeed: 12,
    fields: {
      kind: 'foreigner-2017',
      name: '',
      englishName: 'PRACTICE, SAMPLE TEST',
      sexCode: '1',
      birth,
      nationality: 'PAK',
      number: foreignerNumber({ nationality: 'PAK', area: NO_SUCH_AREA, birth, sequence: '1' }),
      cardVersion: '01',
      acceptingAuthorityCode: NO_SUCH_AREA,
      ...term(year - 3, 10),
    },
  };
}

function foreignerOf2023(year: number): PracticePerson {
  const birth = '19901231';
  return {
    id: 'foreigner-2023-former-number',
    purpose: '外国人永久居留身份证（2023版），有旧证号码',
    portraitSeed: 21,
    fields: {
      kind: 'foreigner-2023',
      name: '安样本',
      englishName: 'PRACTICE, ANNA-MARIA ALEXANDRA SAMPLE TEST',
      sexCode: '2',
      birth,
      nationality: 'KAZ',
      number: practiceNumber({ division: FOREIGNER_FROM_KAZAKHSTAN, birth, sequence: NEVER_GIVEN_SEQUENCE }),
      renewals: '01',
      formerNumberLink: `${NO_SUCH_AREA.slice(2)}0`,
      ...term(year - 1, 10),
    },
  };
}

function holderOfUnknownCard(year: number): PracticePerson {
  return {
    id: 'unknown-layout',
    purpose: '未知类型的证件，读卡器应拒绝且不保存任何内容',
    portraitSeed: 18,
    fields: mainlandFields({
      name: '未知证',
      sexCode: '1',
      ethnicCode: '01',
      birth: '19930909',
      ...term(year - 2, 20),
    }),
    layoutFlag: UNKNOWN_FLAG,
  };
}
