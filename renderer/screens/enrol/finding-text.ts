import type { TFunction } from 'i18next';
import type { CardFields } from '../../../native-bridge/contract/card.ts';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import type { ShownFinding } from './shown-findings.ts';

/** The sentence for a finding's own reason where there is one, else for its level. */
export function findingText(t: TFunction, finding: ShownFinding, fields: CardFields): string {
  if (finding.code === 'number-consistent') return t('card.numberConsistent');
  if (finding.code === 'number-and-birth-consistent') return t('card.numberAndBirthConsistent');
  const { code, level, reason, years } = finding;
  const known: Readonly<Record<string, string>> = zhEnrol.finding[code];
  const key = reason !== undefined && Object.hasOwn(known, reason) ? reason : level;
  const ethnicCode = fields.kind === 'mainland' ? fields.ethnicCode : '';
  return t(`finding.${code}.${key as 'ok'}`, { ethnicCode, years });
}
