import { App, Segmented, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BlackListRule, blackListRuleSchema } from '../../../native-bridge/contract/people-rule-calls.ts';
import type { Argument, Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** What the project says about people, besides their ages. */
export function PeopleRuleSettings() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [rules, setRules] = useState<Result<'settings.people-rules'>>();
  useEffect(() => void act(async () => setRules(await client.call('settings.people-rules', {}))), [client, act]);
  if (rules === undefined) return null;
  const set = async (changed: Argument<'settings.set-people-rules'>) => {
    const saved = await act(async () => setRules(await client.call('settings.set-people-rules', changed)));
    if (saved) void message.success(t('people.saved'));
  };
  return (
    <section className="settings__section" data-testid="people-rule-settings">
      <h2>{t('people.title')}</h2>
      <div className="settings__switch">
        <div>
          <strong>{t('people.blackList')}</strong>
          <span>{t(rules.offered ? 'people.blackListText' : 'people.notOffered')}</span>
        </div>
        <Segmented<BlackListRule>
          value={rules.blackList}
          disabled={!rules.offered}
          onChange={(blackList) => void set({ blackList })}
          aria-label={t('people.blackList')}
          options={blackListRuleSchema.options.map((value) => ({ value, label: t(`people.${value}`) }))}
          data-testid="black-list-rule"
        />
      </div>
      <div className="settings__switch">
        <label htmlFor="signature-required">
          <strong>{t('signing.requiredTitle')}</strong>
          <span>{t('signing.requiredText')}</span>
        </label>
        <Switch
          id="signature-required"
          checked={rules.signatureRequired}
          onChange={(signatureRequired) => void set({ signatureRequired })}
        />
      </div>
    </section>
  );
}
