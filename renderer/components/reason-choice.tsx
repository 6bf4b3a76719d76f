import { Input, type InputRef } from 'antd';
import { type ReactNode, useRef } from 'react';

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

/** Puts the focus on the first reason of a dialog; before it has opened the dialog would take it away again. */
export function focusReasons(isOpen: boolean): void {
  if (isOpen) document.querySelector<HTMLElement>('.ant-modal .reason__choice')?.focus();
}

/** A reason in words: one of the usual ones by a press, or typed. The cursor is behind it then, where Enter confirms. */
export function ReasonChoice({ value, onChange, choices, placeholder, testId, children }: Props) {
  const input = useRef<InputRef>(null);
  const choose = (choice: string) => {
    onChange(choice);
    input.current?.focus();
  };
  return (
    <div className="reason">
      <div className="reason__choices">
        {choices.split('|').map((choice) => (
          <button
            key={choice}
            type="button"
            className="reason__choice"
            aria-pressed={value === choice}
            onClick={() => choose(choice)}
          >
            {choice}
          </button>
        ))}
      </div>
      <div className="reason__typed">
        <Input
          ref={input}
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
