/** One entry of a code table of the national data standard. */
export interface CodeEntry {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** First letters of the pinyin, for finding an entry by keyboard. */
  readonly initials: string;
}

export type CodeTable = readonly CodeEntry[];

/** The name of a code in a language; a code outside the table is shown as it is. */
export function codeName(table: CodeTable, code: string | undefined, language: 'zh' | 'en'): string {
  if (code === undefined) return '';
  return table.find((candidate) => candidate.code === code)?.[language] ?? code;
}

/** Whether an entry answers to what was typed: part of a name, the beginning of the code or of the pinyin initials. */
export function matchesEntry(candidate: CodeEntry, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  return (
    candidate.zh.includes(wanted) ||
    candidate.en.toLowerCase().includes(wanted) ||
    candidate.code.startsWith(wanted) ||
    candidate.initials.startsWith(wanted)
  );
}
