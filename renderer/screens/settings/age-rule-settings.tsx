import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgeRule, AgeRules } from '../../../native-bridge/contract/age-rules.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { pairMember } from '../../i18n/language.ts';
import { AgeRuleDialog } from './age-rule-dialog.tsx';

function RuleLine({ rule }: { readonly rule: AgeRule }) {
  const { t } = useTranslation();
  const { sex = 'everybody', trades, side, years, level, certificateAdmits, source } = rule;
  const sentence = t('ageRules.sentence', {
    sex: t(`ageRules.${sex}`),
    trades: t(`ageRules.${trades}`),
    side: t(`ageRules.${side}`),
    years,
    level: t(`ageRules.${level}`),
  });
  return (
    <li className={`age-rules__line age-rules__line--${level}`} title={source}>
      {sentence}
      {certificateAdmits && <small> · {t('ageRules.admitted')}</small>}
    </li>
  );
}

/** What the project says about ages; the law's own limit stands above it. */
export function AgeRuleSettings() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [shown, setShown] = useState<Result<'settings.age-rules'>>();
  const [open, setOpen] = useState(false);
  useEffect(() => void act(async () => setShown(await client.call('settings.age-rules', {}))), [client, act]);
  if (shown === undefined) return null;
  const save = async (rules: Omit<AgeRules, 'title'>) => {
    const saved = await act(async () => setShown(await client.call('settings.set-age-rules', rules)));
    if (saved) void message.success(t('ageRules.saved'));
    return saved;
  };
  const reset = async () => {
    if (await act(async () => setShown(await client.call('settings.reset-age-rules', {}))))
      void message.success(t('ageRules.resetDone'));
  };
  const { rules, own } = shown;
  return (
    <section className="settings__section" data-testid="age-rule-settings">
      <h2>{t('ageRules.title')}</h2>
      <p>{t('ageRules.text')}</p>
      <ul className="age-rules__lines">
        {rules.rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} />
        ))}
        {rules.rules.length === 0 && <li>{t('ageRules.none')}</li>}
      </ul>
      <p className="age-rules__origin">{rules.title[pairMember(i18n.language)]}</p>
      <div className="settings__project-actions">
        <Button onClick={() => setOpen(true)} data-testid="edit-age-rules">
          {t('ageRules.edit')}
        </Button>
        {own && (
          <Button onClick={() => void reset()} data-testid="reset-age-rules">
            {t('ageRules.reset')}
          </Button>
        )}
      </div>
      {open && <AgeRuleDialog rules={rules} onSave={save} onClose={() => setOpen(false)} />}
    </section>
  );
}
