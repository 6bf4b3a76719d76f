import { App, Button, Form, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReaderSettings as Settings } from '../../../native-bridge/contract/reader.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { addressOf, lineOf, linesOf } from './reader-lines.ts';

interface Values {
  readonly automatic: boolean;
  readonly addresses: string;
  readonly excluded: string;
}

/** As many as the station takes. */
const maximum = { addresses: 8, excluded: 50 };

function useRules() {
  const { t } = useTranslation();
  const demandFew = (lines: readonly string[], most: number) => {
    if (lines.length > most) throw new Error(t('readerSettings.tooMany', { maximum: most }));
  };
  const addresses = async (_: unknown, text: string) => {
    const lines = linesOf(text);
    demandFew(lines, maximum.addresses);
    const bad = lines.findIndex((line) => addressOf(line) === undefined);
    if (bad >= 0) throw new Error(t('readerSettings.badAddress', { line: bad + 1 }));
  };
  const excluded = async (_: unknown, text: string) => demandFew(linesOf(text), maximum.excluded);
  return { addresses, excluded };
}

function Fields() {
  const { t } = useTranslation();
  const rules = useRules();
  return (
    <>
      <label className="settings__switch">
        <span>
          <strong>{t('readerSettings.automatic')}</strong>
          <span>{t('readerSettings.automaticText')}</span>
        </span>
        <Form.Item name="automatic" valuePropName="checked" noStyle>
          <Switch data-testid="reader-automatic" />
        </Form.Item>
      </label>
      <Form.Item
        name="addresses"
        label={t('readerSettings.addresses')}
        extra={t('readerSettings.addressesText')}
        rules={[{ validator: rules.addresses }]}
      >
        <Input.TextArea rows={3} data-testid="reader-addresses" />
      </Form.Item>
      <Form.Item
        name="excluded"
        label={t('readerSettings.excluded')}
        extra={t('readerSettings.excludedText')}
        rules={[{ validator: rules.excluded }]}
      >
        <Input.TextArea rows={2} data-testid="reader-excluded" />
      </Form.Item>
    </>
  );
}

function settingsOf(values: Values, boundSamNumber: string | undefined): Settings {
  return {
    automatic: values.automatic,
    addresses: linesOf(values.addresses).flatMap((line) => addressOf(line) ?? []),
    excludedPorts: [...linesOf(values.excluded)],
    ...(boundSamNumber !== undefined && { boundSamNumber }),
  };
}

interface Props {
  readonly settings: Settings;
  readonly onSaved: (settings: Result<'settings.get'>) => void;
}

function Bound({ number, onUnbind }: { readonly number: string; readonly onUnbind: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="settings__now">
      <span>{t('readerSettings.bound', { number })}</span>
      <button type="button" className="link-button" onClick={onUnbind}>
        {t('readerSettings.unbind')}
      </button>
    </p>
  );
}

/** Which readers the station looks for; most need none of this. */
export function ReaderSettings({ settings, onSaved }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const { boundSamNumber } = settings;
  const save = async (wanted: Settings) => {
    const saved = await act(async () => onSaved(await client.call('settings.set-readers', wanted)));
    if (saved) void message.success(t('settings.saved'));
  };
  const { boundSamNumber: _bound, ...unbound } = settings;
  return (
    <section className="settings__section">
      <h2>{t('readerSettings.title')}</h2>
      <p>{t('readerSettings.text')}</p>
      {boundSamNumber !== undefined && <Bound number={boundSamNumber} onUnbind={() => void save(unbound)} />}
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={{
          automatic: settings.automatic,
          addresses: settings.addresses.map(lineOf).join('\n'),
          excluded: settings.excludedPorts.join('\n'),
        }}
        onFinish={(values) => void save(settingsOf(values, boundSamNumber))}
      >
        <Fields />
        <Button type="primary" htmlType="submit" data-testid="save-reader">
          {t('app.save')}
        </Button>
      </Form>
    </section>
  );
}
