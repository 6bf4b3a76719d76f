/** A field's name, its byte offset and its length in bytes. */
export type TextPlace = readonly [name: string, offset: number, bytes: number];

/** Where the character stands that tells the layouts apart. */
export const flagPlace = [248, 2] as const;

/** What a resident card of the mainland and a residence permit have in the same places. */
const residentPlaces = [
  ['name', 0, 30],
  ['sexCode', 30, 2],
  ['ethnicCode', 32, 4],
  ['birth', 36, 16],
  ['address', 52, 70],
  ['number', 122, 36],
  ['authority', 158, 30],
  ['validFrom', 188, 16],
  ['validTo', 204, 16],
] as const satisfies readonly TextPlace[];

export const mainlandLayout = [
  ...residentPlaces,
  ['reserved', 220, 28],
  ['flag', 248, 2],
  ['reserved', 250, 6],
] as const satisfies readonly TextPlace[];

/** Flag `J`: residents of Hong Kong, Macao and Taiwan, since 2018-09-01. The ethnic field is blank. */
export const permitLayout = [
  ...residentPlaces,
  ['travelPassNumber', 220, 18],
  ['issueCount', 238, 4],
  ['reserved', 242, 6],
  ['flag', 248, 2],
  ['reserved', 250, 6],
] as const satisfies readonly TextPlace[];

/** Flag `I`: foreigners, edition of 2017. */
export const foreigner2017Layout = [
  ['englishName', 0, 120],
  ['sexCode', 120, 2],
  ['number', 122, 30],
  ['nationality', 152, 6],
  ['chineseName', 158, 30],
  ['validFrom', 188, 16],
  ['validTo', 204, 16],
  ['birth', 220, 16],
  ['cardVersion', 236, 4],
  ['acceptingAuthorityCode', 240, 8],
  ['flag', 248, 2],
  ['reserved', 250, 6],
] as const satisfies readonly TextPlace[];

/** Flag `Y`: foreigners, edition of 2023. It follows the mainland card, with other things in some of its places. */
export const foreigner2023Layout = [
  ['chineseName', 0, 30],
  ['sexCode', 30, 2],
  ['renewals', 32, 4],
  ['birth', 36, 16],
  ['englishName1', 52, 70],
  ['number', 122, 36],
  ['reserved', 158, 30],
  ['validFrom', 188, 16],
  ['validTo', 204, 16],
  ['englishName2', 220, 22],
  ['nationality', 242, 6],
  ['flag', 248, 2],
  ['formerNumberLink', 250, 6],
] as const satisfies readonly TextPlace[];
