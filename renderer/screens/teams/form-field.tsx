import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from './report-rules.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly fault?: Fault | undefined;
  /** What stands under the input while nothing is wrong. */
  readonly hint?: string | undefined;
  /** Columns that it takes: two, or all. */
  readonly width?: 'two' | 'wide';
  readonly children: ReactNode;
}

/** A labelled input with what is wrong with it below, in one word or two. */
export function FormField({ id, label, fault, hint, width, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={width === undefined ? 'form-field' : `form-field form-field--${width}`} data-fault={fault}>
      <label htmlFor={id}>{label}</label>
      {children}
      {fault === undefined ? (
        <small>{hint}</small>
      ) : (
        <small className="form-field__fault" role="alert">
          {t(`reports.fault.${fault}`)}
        </small>
      )}
    </div>
  );
}
