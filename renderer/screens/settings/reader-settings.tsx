import { App, Button, Form, Input, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReaderAddress, readerAddressSchema, type Result } from '../../../native-bridge/contract/station.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorText } from '../../components/error-text.ts';

type Kind = ReaderAddress['kind'];

interface Values {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
}

function Current() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const reader = useStation((snapshot) => snapshot.reader);
  if (reader === undefined) return null;
  const state =
    reader.code === undefined
      ? t(reader.state === 'searching' ? 'lamp.readerSearching' : 'lamp.readerReady')
      : errorText(reader.code);
  return (
    <p className="settings__now" data-testid="reader-now">
      <span>{t('settings.readerNow')}</span>
      <strong>{[state, reader.address].filter(Boolean).join(' · ')}</strong>
    </p>
  );
}

function KindFields({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation();
  const required = { required: true, message: t('settings.required') };
  if (kind === 'serial') {
    return (
      <Form.Item name="path" label={t('settings.serialPath')} rules={[required]}>
        <Input placeholder={t('settings.serialHint')} maxLength={200} data-testid="reader-path" />
      </Form.Item>
    );
  }
  if (kind === 'automatic') return null;
  return (
    <div className="settings__pair">
      <Form.Item name="host" label={t('settings.host')} rules={[required]}>
        <Input maxLength={200} data-testid="reader-host" />
      </Form.Item>
      <Form.Item name="port" label={t('settings.port')} rules={[required]}>
        <InputNumber min={1} max={65535} precision={0} controls={false} data-testid="reader-port" />
      </Form.Item>
    </div>
  );
}

function initialValues(address: ReaderAddress): Values {
  if (address.kind === 'serial') return { path: address.path };
  return address.kind === 'tcp' ? { host: address.host, port: address.port } : {};
}

interface Props {
  readonly address: ReaderAddress;
  readonly onSaved: (settings: Result<'settings.get'>) => void;
}

/** Where the reader is; most are found without this. */
export function ReaderSettings({ address, onSaved }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [kind, setKind] = useState<Kind>(address.kind);
  const save = async (values: Values) => {
    const saved = await act(async () =>
      onSaved(await client.call('settings.set-reader', readerAddressSchema.parse({ kind, ...values }))),
    );
    if (saved) void message.success(t('settings.saved'));
  };
  return (
    <section className="settings__section">
      <h2>{t('settings.reader')}</h2>
      <p>{t('settings.readerText')}</p>
      <Current />
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues(address)}
        onFinish={(values) => void save(values)}
      >
        <Form.Item>
          <Segmented<Kind>
            value={kind}
            onChange={setKind}
            options={(['automatic', 'serial', 'tcp'] as const).map((value) => ({
              value,
              label: t(`settings.${value}`),
            }))}
            data-testid="reader-kind"
          />
        </Form.Item>
        <KindFields kind={kind} />
        <Button type="primary" htmlType="submit" data-testid="save-reader">
          {t('app.save')}
        </Button>
      </Form>
    </section>
  );
}
