import { minimumPasswordLength } from '../contract/account.ts';
import { StationError } from '../contract/errors.ts';
import { isSameName } from '../store/accounts.ts';

/** What is tried first, of those that are long enough; small letters. */
const common = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '9876543210',
  '123456789a',
  'a123456789',
  'aa123456789',
  'abc123456789',
  'abcd123456',
  'abcdefghij',
  'admin12345',
  'admin123456',
  'administrator',
  'a1b2c3d4e5',
  'iloveyou1314',
  'woaini1314',
  'woaini520',
  'woaini5201314',
  '5201314520',
  '1314520520',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'asdfghjkl;',
  'password01',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'p@ssw0rd123',
  'qazwsxedcrfv',
  'qwertyuiop',
  'qwer123456',
  'qwerty12345',
  'qwerty123456',
  'qwe123456789',
  'zxcvbnm123',
  'welcome123',
  'zhongguo123',
]);

const isOneCharacterRepeated = (text: string) => new Set(text).size === 1;

/**
 * Throws `account.password-*`. Length is what makes a password hard to guess; rules about kinds of characters make
 * people write them down.
 */
export function demandGoodPassword(name: string, password: string): void {
  const text = password.normalize('NFKC');
  if ([...text].length < minimumPasswordLength) throw new StationError('account.password-short');
  if (isSameName(name, text)) throw new StationError('account.password-is-name');
  if (common.has(text.toLowerCase()) || isOneCharacterRepeated(text)) throw new StationError('account.password-common');
}
