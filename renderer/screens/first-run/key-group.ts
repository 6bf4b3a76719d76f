/** Letters that are not in a recovery key, and what was meant by them (Crockford's base 32). */
const meant: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Whether a group of a recovery key was typed as it is, whatever its case and with look-alikes of its letters. */
export function isSameGroup(typed: string, group: string): boolean {
  const letters = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  return letters.replace(/[OIL]/g, (letter) => meant[letter] ?? letter) === group;
}
