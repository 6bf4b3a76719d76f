import type { ReactNode } from 'react';
import type { Finding } from '../../../native-bridge/contract/card.ts';
import { CheckIcon, CrossIcon, WarnIcon } from '../../components/icons.tsx';

const marks = { ok: CheckIcon, warn: WarnIcon, block: CrossIcon };

interface LineProps {
  readonly level: Finding['level'];
  readonly children: ReactNode;
  readonly testId?: string;
}

/** One line of what the checks of a card found. */
export function FindingLine({ level, children, testId }: LineProps) {
  const Mark = marks[level];
  return (
    <li className={`finding finding--${level}`} data-testid={testId} data-level={level}>
      <Mark />
      <span>{children}</span>
    </li>
  );
}
