import type { Finding } from '../../../native-bridge/contract/card.ts';

const aboutNumber: readonly Finding['code'][] = ['number-check-digit', 'birth-against-number', 'sex-against-number'];
/** Said by the native place's own line, or of no interest while in order. */
const quietWhenOk: readonly Finding['code'][] = ['division', 'private-use-character'];
const weight = { block: 0, warn: 1, ok: 2 } as const;

export type ShownFinding = Finding | { readonly code: 'number-consistent'; readonly level: 'ok' };

/** The findings as the card pane lists them: the gravest first, what is in order in as few lines as possible. */
export function shownFindings(findings: readonly Finding[]): readonly ShownFinding[] {
  const wanted = findings.filter(({ code, level }) => level !== 'ok' || !quietWhenOk.includes(code));
  const number = wanted.filter(({ code }) => aboutNumber.includes(code));
  const consistent = number.length === aboutNumber.length && number.every(({ level }) => level === 'ok');
  const shown: ShownFinding[] = consistent
    ? [{ code: 'number-consistent', level: 'ok' }, ...wanted.filter((finding) => !number.includes(finding))]
    : wanted;
  return shown.toSorted((a, b) => weight[a.level] - weight[b.level]);
}

export const isUnderAge = (findings: readonly Finding[]): boolean =>
  findings.some(({ code, level }) => code === 'age' && level === 'block');
