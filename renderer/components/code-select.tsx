import type { ReactNode } from 'react';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CodeEntry, type CodeTable, matchesEntry } from '../codes/code-table.ts';
import { pairMember } from '../i18n/language.ts';

interface Props {
  readonly id?: string;
  readonly table: CodeTable;
  readonly value?: string | undefined;
  readonly onChange?: (code: string | undefined) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly clearable?: boolean;
  readonly showCode?: boolean;
  readonly testId?: string;
  readonly describedBy?: string | undefined;
}

/** As many signs of Latin script fit into one line of the narrowest place, and half as many Chinese ones. */
const lineSigns = { plain: 10, withCode: 16 } as const;
const signsOf = (label: string) => label.replace(/[^ -~]/g, '  ').length;

/** What is chosen, in two smaller lines where the place is narrow and would cut one. */
const chosenLabel = (label: ReactNode, most: number) =>
  typeof label === 'string' && signsOf(label) > most ? <span className="code-select__long">{label}</span> : label;

interface Option {
  readonly value: string;
  readonly label: string;
  readonly entry: CodeEntry;
}

const optionsOf = (table: CodeTable, language: 'zh' | 'en', showCode: boolean): Option[] =>
  table.map((entry) => ({
    value: entry.code,
    label: showCode ? `${entry[language]} ${entry.code}` : entry[language],
    entry,
  }));

/** A choice from a code table; found by name, code or the first letters of the pinyin. */
export function CodeSelect({ id, table, value, showCode = false, clearable = false, testId, ...rest }: Props) {
  const { i18n } = useTranslation();
  return (
    <Select<string, Option>
      {...(id !== undefined && { id })}
      className="code-select"
      // An undefined value would leave the choice to the component; null says that nothing is chosen.
      value={value ?? null}
      options={optionsOf(table, pairMember(i18n.language), showCode)}
      showSearch={{ filterOption: (typed, option) => option !== undefined && matchesEntry(option.entry, typed) }}
      onChange={(code: string | undefined) => rest.onChange?.(code)}
      labelRender={({ label }) => chosenLabel(label, showCode ? lineSigns.withCode : lineSigns.plain)}
      placeholder={rest.placeholder}
      disabled={rest.disabled ?? false}
      allowClear={clearable}
      popupMatchSelectWidth={false}
      aria-describedby={rest.describedBy}
      data-testid={testId}
      {...(rest.invalid === true && { status: 'error' as const })}
    />
  );
}
