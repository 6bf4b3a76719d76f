import { Input } from 'antd';
import type { ReactNode } from 'react';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
  readonly hint?: ReactNode;
}

/** A labelled line of a form about people. */
export function TextField({ id, label, value, onChange, autoFocus = false, hint }: FieldProps) {
  return (
    <div className="credentials__field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        size="large"
        value={value}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        data-testid={id}
      />
      {hint && <small>{hint}</small>}
    </div>
  );
}

export function PasswordField({ id, label, value, onChange, autoFocus = false, hint }: FieldProps) {
  return (
    <div className="credentials__field">
      <label htmlFor={id}>{label}</label>
      <Input.Password
        id={id}
        size="large"
        value={value}
        autoFocus={autoFocus}
        autoComplete="off"
        // On the way from field to field a space would show the password to whoever looks on.
        visibilityToggle={{ tabIndex: -1 }}
        onChange={(event) => onChange(event.target.value)}
        data-testid={id}
      />
      {hint && <small>{hint}</small>}
    </div>
  );
}
