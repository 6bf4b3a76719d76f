import { expect, it } from 'vitest';
import { findLeaks } from './find-leaks.ts';

const words = { names: ['韦试样'], secrets: ['Secret89'] };
const kinds = (text: string | Uint8Array) => findLeaks(Buffer.from(text), words).map(({ kind }) => kind);

it.each([
  ['id-number', 'worker 45999919900101001X refused'],
  ['id-number', 'worker "459999199001010011"'],
  ['id-number', '号码４５９９９９１９９００１０１００１１'],
  ['id-number', 'PAK459999870615'],
  ['bank-number', 'card=6222000000000000000'],
  ['bank-number', 'card 6222 0000 0000 0000 000'],
  ['phone', '{"cellPhone":"13800000000"}'],
  ['name', 'saved 韦试样'],
  ['name', `GET /workers?name=${encodeURIComponent('韦试样')}`],
  ['secret', 'sign of …&appsecret=secret89'],
  ['key', `key ${'0a'.repeat(32)}`],
  ['picture', 'headImage: /9j/4AAQSkZJRgABAQ'],
  ['picture', 'data:image/jpg;base64,AAAA'],
  ['long-base64', 'A1b+'.repeat(40)],
])('finds a leak of kind %s', (kind, line) => {
  expect(kinds(`first line\n${line}\n`)).toEqual([kind]);
});

it('finds the bytes of a picture', () => {
  expect(kinds(Uint8Array.of(0x61, 0xff, 0xd8, 0xff, 0xe0, 0x0a))).toEqual(['picture']);
});

it('tells the line', () => {
  expect(findLeaks(Buffer.from('one\ntwo 13800000000\n'), words)).toEqual([{ kind: 'phone', line: 2 }]);
});

it('takes no harmless line for a leak', () => {
  const harmless = [
    'score 0.12345678901234567 at 1764185400000 ms',
    'record 0198c0de-1234-7abc-8def-0123456789ab',
    '459999********001X 138****0000',
    'at /work/native-bridge/platform/sandbox/reference-platform.ts:62:12',
    '{"url":"http://127.0.0.1:4000/open.api","pageUrl":"http://127.0.0.1:4000/","secret":"Secret89"}',
  ];
  expect(kinds(harmless.join('\n'))).toEqual([]);
});
