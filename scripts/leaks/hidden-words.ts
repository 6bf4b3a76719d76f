import { practiceDeck } from '../../native-bridge/practice/practice-deck.ts';

/** Invented people of tests, besides those of the practice cards. */
const peopleOfTests = ['韦试样', '覃示例', '韦示例', '张三', '李四', '黄样例'];

/** Secrets that tests hand to connectors and accounts. A published practice secret is a secret like any other. */
const secretsOfTests = [
  '0123456789abcdef0123456789abcdef',
  'Secret89abcdef0123456789abcdef.+',
  'sandbox-device-secret',
  'demo-secret',
];

const namesOf = ({ fields }: ReturnType<typeof practiceDeck>[number]) =>
  'englishName' in fields ? [fields.name, fields.englishName] : [fields.name];

export interface HiddenWords {
  readonly names: readonly string[];
  readonly secrets: readonly string[];
}

/** The words of the tests that no output may hold. */
export function hiddenWords(): HiddenWords {
  const names = new Set([...practiceDeck().flatMap(namesOf), ...peopleOfTests]);
  names.delete('');
  return { names: [...names], secrets: secretsOfTests };
}
