import { Checkbox, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleCodes } from '../../client/station-context.tsx';
import { requiredFieldNames } from '../../../native-bridge/contract/enrolment.ts';
import type { CodeTable } from '../../codes/code-table.ts';
import { CodeSelect } from '../../components/code-select.tsx';
import { type CodeFieldName, type FieldFault, faultOf, type TextFieldName } from './field-values.ts';
import type { Fields } from './use-fields.ts';

export const fieldId = (name: TextFieldName): string => `field-${name}`;

const required: readonly string[] = requiredFieldNames;

interface ShellProps {
  readonly name: TextFieldName;
  readonly fault?: FieldFault | undefined;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

function FieldShell({ name, fault, note, children }: ShellProps) {
  const { t } = useTranslation();
  return (
    <div className={`field field--${name}`} data-testid={`field-${name}`}>
      <label htmlFor={fieldId(name)}>
        {t(`fields.${name}`)}
        {required.includes(name) && (
          <em title={t('fields.required')} aria-label={t('fields.required')}>
            *
          </em>
        )}
        {note !== undefined && <small>{note}</small>}
      </label>
      {children}
      {fault !== undefined && (
        <p className="field__fault" role="alert" id={`${fieldId(name)}-fault`}>
          {t(`fields.${fault}`)}
        </p>
      )}
    </div>
  );
}

interface FieldProps {
  readonly fields: Fields;
  readonly disabled: boolean;
}

interface TextProps extends FieldProps {
  readonly name: 'cellPhone' | 'payRollBankCardNumber' | 'urgentLinkMan' | 'urgentLinkManPhone';
  readonly placeholder?: string;
  readonly note?: string | undefined;
}

/** A typed field; what is wrong with it is said once it is left, and no longer while it is being corrected. */
function TextField({ name, fields, disabled, placeholder, note }: TextProps) {
  const [left, setLeft] = useState(false);
  const fault = left ? faultOf(name, fields.texts[name]) : undefined;
  return (
    <FieldShell name={name} fault={fault} note={note}>
      <Input
        id={fieldId(name)}
        value={fields.texts[name]}
        disabled={disabled}
        autoComplete="off"
        inputMode={name === 'urgentLinkMan' ? 'text' : 'tel'}
        placeholder={placeholder ?? ''}
        aria-invalid={fault !== undefined}
        aria-describedby={fault && `${fieldId(name)}-fault`}
        {...(fault !== undefined && { status: 'error' as const })}
        onChange={(event) => fields.change({ [name]: event.target.value })}
        onFocus={() => setLeft(false)}
        onBlur={() => {
          setLeft(true);
          void fields.save();
        }}
      />
    </FieldShell>
  );
}

interface CodeProps extends FieldProps {
  readonly name: CodeFieldName;
  readonly onChosen?: (() => void) | undefined;
  readonly table: CodeTable;
  readonly showCode?: boolean;
  readonly placeholder: string;
  readonly note?: string | undefined;
}

function CodeField({ name, table, showCode, fields, disabled, placeholder, note, onChosen }: CodeProps) {
  const value = fields.texts[name];
  return (
    <FieldShell name={name} note={note}>
      <CodeSelect
        id={fieldId(name)}
        table={table}
        showCode={showCode ?? false}
        value={value === '' ? undefined : value}
        disabled={disabled}
        placeholder={placeholder}
        onChange={(code) => {
          fields.change({ [name]: code ?? '' });
          onChosen?.();
        }}
      />
    </FieldShell>
  );
}

interface InputsProps extends FieldProps {
  readonly teamTrade: string | undefined;
  /** After a choice from one of the lists. */
  readonly onChosen?: (() => void) | undefined;
}

/** What the card does not give, in the order in which it is asked. */
export function FieldInputs({ fields, disabled, teamTrade, onChosen }: InputsProps) {
  const { t } = useTranslation();
  const codes = usePeopleCodes();
  const given = { fields, disabled };
  const chosen = { ...given, onChosen };
  const fromTeam = teamTrade !== undefined && fields.texts.workType === teamTrade ? t('fields.fromTeam') : undefined;
  return (
    <>
      <CodeField
        name="workType"
        table={codes.workType}
        showCode
        placeholder={t('fields.choose')}
        note={fromTeam}
        {...chosen}
      />
      <TextField name="cellPhone" {...given} />
      <CodeField name="cultureLevelType" table={codes.cultureLevelType} placeholder={t('fields.choose')} {...chosen} />
      <CodeField name="politicsType" table={codes.politicsType} placeholder={t('fields.choose')} {...chosen} />
      <TextField
        name="payRollBankCardNumber"
        placeholder={t('fields.swipe')}
        note={fields.texts.kept.payRollBankName}
        {...given}
      />
      <TextField name="urgentLinkMan" {...given} />
      <TextField name="urgentLinkManPhone" {...given} />
      <div className="field field--isTeamLeader">
        <label htmlFor="field-isTeamLeader">{t('fields.isTeamLeader')}</label>
        <Checkbox
          id="field-isTeamLeader"
          checked={fields.texts.isTeamLeader}
          disabled={disabled}
          onChange={(event) => fields.change({ isTeamLeader: event.target.checked })}
        />
      </div>
    </>
  );
}
