import type { Finding } from '../../../native-bridge/contract/card.ts';

const aboutNumber: readonly Finding['code'][] = ['number-check-digit', 'birth-against-number', 'sex-against-number'];
/** Said by the native place's own line, or of no interest while in order. */
const quietWhenOk: readonly Finding['code'][] = ['division', 'ethnic-group', 'private-use-character'];
const weight = { block: 0, warn: 1, ok: 2 } as const;

/** Every check of the number is in order; not every number tells the sex. */
export type ConsistentNumber =
  | { readonly code: 'number-consistent'; readonly level: 'ok' }
  | { readonly code: 'number-and-birth-consistent'; readonly level: 'ok' };

export type ShownFinding = Finding | ConsistentNumber;

function consistentNumber(number: readonly Finding[]): ConsistentNumber | undefined {
  if (number.length < 2 || number.some(({ level }) => level !== 'ok')) return undefined;
  const tellsSex = number.some(({ code }) => code === 'sex-against-number');
  return { code: tellsSex ? 'number-consistent' : 'number-and-birth-consistent', level: 'ok' };
}

/** The findings as the card pane lists them: the gravest first, what is in order in as few lines as possible. */
export function shownFindings(findings: readonly Finding[]): readonly ShownFinding[] {
  const wanted = findings.filter(({ code, level }) => level !== 'ok' || !quietWhenOk.includes(code));
  const number = wanted.filter(({ code }) => aboutNumber.includes(code));
  const consistent = consistentNumber(number);
  const shown: ShownFinding[] =
    consistent === undefined ? wanted : [consistent, ...wanted.filter((finding) => !number.includes(finding))];
  return shown.toSorted((a, b) => weight[a.level] - weight[b.level]);
}

/** The finding about the age that stops the enrolment before the consent; a certificate is handed in after it. */
export const blockingAge = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ code, level, reason }) => code === 'age' && level === 'block' && reason !== 'needs-certificate');
