import { Input } from 'antd';
import type { ReactNode } from 'react';

/** The station keeps no longer reasons. */
const longestReason = 200;

interface Props {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** Ready-made reasons, separated by `|`. */
  readonly choices: string;
  readonly placeholder: string;
  readonly testId: string;
  /** What stands beside the input. */
  readonly children?: ReactNode;
}

/** A reason in words: one of the usual ones by a click, or typed. */
export function ReasonChoice({ value, onChange, choices, placeholder, testId, children }: Props) {
  return (
    <div className="reason">
      <div className="reason__choices">
        {choices.split('|').map((choice) => (
          <button
            key={choice}
            type="button"
            className="reason__choice"
            aria-pressed={value === choice}
            onClick={() => onChange(choice)}
          >
            {choice}
          </button>
        ))}
      </div>
      <div className="reason__typed">
        <Input
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          aria-label={placeholder}
          maxLength={longestReason}
          data-testid={testId}
        />
        {children}
      </div>
    </div>
  );
}
