import type { CardFields, CardKind } from '../contract/card.ts';

/**
 * Codes of the interface standard's table of identity documents. It has 01 for the resident identity card and, in the
 * later tables, 20 for foreigners' documents; the residence permit of Hong Kong, Macao and Taiwan residents (2018) came
 * after it and has no code of its own, so it goes as 99, "other". The codes of the travel passes (10, 12) would be wrong,
 * as the number that is sent is the permit's.
 */
const documentCodes: Readonly<Record<CardKind, string>> = {
  mainland: '01',
  'residence-permit': '99',
  'foreigner-2017': '20',
  'foreigner-2023': '20',
};

/** 97 in GB/T 3304: people who belong to none of the 56 groups, and groups that the table of this station lacks. */
const otherGroup = '其他';

/** What stands in a field that the interface demands and the card does not have; nothing is made up. */
const notOnCard = '证件无此项';

/** The fields of the interface standard that come from the card and depend on its kind. */
export interface IdentityDocument {
  readonly idCardType: string;
  readonly nation: string;
  readonly address: string;
  readonly grantOrg: string;
}

/** What a card is in the interface standard's terms. */
export function identityDocument(fields: CardFields): IdentityDocument {
  const idCardType = documentCodes[fields.kind];
  switch (fields.kind) {
    case 'mainland': {
      const { ethnicGroup, address, authority } = fields;
      return { idCardType, nation: ethnicGroup ?? otherGroup, address, grantOrg: authority };
    }
    case 'residence-permit':
      return { idCardType, nation: otherGroup, address: fields.address, grantOrg: fields.authority };
    case 'foreigner-2017':
    case 'foreigner-2023':
      return { idCardType, nation: otherGroup, address: notOnCard, grantOrg: notOnCard };
  }
}
