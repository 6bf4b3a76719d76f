import { Button, Checkbox, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleCodes } from '../../client/station-context.tsx';
import type { AgeRule, AgeRules } from '../../../native-bridge/contract/age-rules.ts';
import { pairMember } from '../../i18n/language.ts';

type Editable = Omit<AgeRules, 'title'>;

interface RowProps {
  readonly rule: AgeRule;
  readonly onChange: (rule: AgeRule) => void;
  readonly onRemove: () => void;
}

/** A choice among a few words. */
function Words<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly words: Readonly<Record<V, string>>;
  readonly onChange: (value: V) => void;
}) {
  const { label, value, words, onChange } = props;
  const options = (Object.keys(words) as V[]).map((key) => ({ value: key, label: words[key] }));
  return <Select<V> aria-label={label} value={value} options={options} onChange={onChange} />;
}

function RuleRow({ rule, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { sex: _sex, source: _source, ...rest } = rule;
  const setSex = (sex: 'male' | 'female' | 'everybody') => onChange(sex === 'everybody' ? rest : { ...rest, sex });
  // Whoever changes a number is its source.
  const set = (change: Partial<AgeRule>) => onChange({ ...rest, ...(rule.sex && { sex: rule.sex }), ...change });
  return (
    <div className="age-rules__row" data-testid={`age-rule-${rule.id}`}>
      <Words
        label={t('ageRules.who')}
        value={rule.sex ?? 'everybody'}
        words={{ everybody: t('ageRules.everybody'), male: t('ageRules.male'), female: t('ageRules.female') }}
        onChange={setSex}
      />
      <Words
        label={t('ageRules.trades')}
        value={rule.trades}
        words={{ all: t('ageRules.all'), dangerous: t('ageRules.dangerous') }}
        onChange={(value) => set({ trades: value })}
      />
      <Words
        label={t('ageRules.limit')}
        value={rule.side}
        words={{ from: t('ageRules.from'), below: t('ageRules.below') }}
        onChange={(side) => set({ side })}
      />
      <InputNumber
        aria-label={t('ageRules.years')}
        min={17}
        max={99}
        value={rule.years}
        onChange={(years) => years !== null && set({ years: Math.round(years) })}
      />
      <Words
        label={t('ageRules.effect')}
        value={rule.level}
        words={{ warn: t('ageRules.warn'), block: t('ageRules.block') }}
        onChange={(level) => set({ level, ...(level === 'warn' && { certificateAdmits: false }) })}
      />
      <Checkbox
        checked={rule.certificateAdmits}
        disabled={rule.level === 'warn'}
        onChange={(event) => set({ certificateAdmits: event.target.checked })}
      >
        {t('ageRules.admitted')}
      </Checkbox>
      <button type="button" className="link-button" onClick={onRemove}>
        {t('ageRules.remove')}
      </button>
    </div>
  );
}

function DangerousTrades(props: { readonly codes: readonly string[]; readonly onChange: (codes: string[]) => void }) {
  const { t, i18n } = useTranslation();
  const language = pairMember(i18n.language);
  const { workType: trades } = usePeopleCodes();
  const options = trades.map((entry) => ({ value: entry.code, label: `${entry[language]} ${entry.code}` }));
  return (
    <label className="age-rules__trades">
      <strong>{t('ageRules.dangerousList')}</strong>
      <Select<string[]>
        mode="multiple"
        value={[...props.codes]}
        options={options}
        optionFilterProp="label"
        onChange={props.onChange}
        data-testid="dangerous-trades"
      />
    </label>
  );
}

/** A number that is not in use yet among the rules' names. */
function freeId(rules: readonly AgeRule[]): string {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `own-${number}`)) number += 1;
  return `own-${number}`;
}

interface Props {
  readonly rules: AgeRules;
  readonly onSave: (rules: Editable) => Promise<boolean>;
  readonly onClose: () => void;
}

/** The project's rules about ages as a table that can be changed. */
export function AgeRuleDialog({ rules: { rules: before, dangerousTrades: tradesBefore }, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [rules, setRules] = useState<readonly AgeRule[]>(before);
  const [dangerousTrades, setTrades] = useState<readonly string[]>(tradesBefore);
  const change = (id: string, rule: AgeRule) => setRules(rules.map((each) => (each.id === id ? rule : each)));
  const add = () => {
    const fresh = { trades: 'all', side: 'from', years: 60, level: 'warn', certificateAdmits: false } as const;
    setRules([...rules, { id: freeId(rules), ...fresh }]);
  };
  const save = async () => {
    if (await onSave({ rules: [...rules], dangerousTrades: [...dangerousTrades] })) onClose();
  };
  return (
    <Modal
      open
      width="62rem"
      title={t('ageRules.title')}
      okText={t('app.save')}
      cancelText={t('app.cancel')}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="age-rules" data-testid="age-rule-dialog">
        {rules.map((rule) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            onChange={(changed) => change(rule.id, changed)}
            onRemove={() => setRules(rules.filter(({ id }) => id !== rule.id))}
          />
        ))}
        {rules.length === 0 && <p>{t('ageRules.none')}</p>}
        <Button disabled={rules.length >= 20} onClick={add} data-testid="add-age-rule">
          {t('ageRules.add')}
        </Button>
        <DangerousTrades codes={dangerousTrades} onChange={setTrades} />
      </div>
    </Modal>
  );
}
