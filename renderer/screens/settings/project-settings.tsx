import { App, Button, Form, Input, Select, type FormInstance, type FormRule } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionStep, ListedDialect } from '../../../native-bridge/contract/platform-calls.ts';
import { projectConnectionSchema, type ProjectConnection } from '../../../native-bridge/contract/project-connection.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { pairMember } from '../../i18n/language.ts';
import {
  type ConnectionField,
  connectionFields,
  type Driver,
  isOptional,
  isSecret,
  isTaken,
} from './connection-fields.ts';
import { ConnectionSteps } from './connection-steps.tsx';

type Settings = Result<'settings.get'>;
type Dialects = Result<'settings.dialects'>;
type Values = Partial<Record<ConnectionField, string>> & { readonly dialect: string };

const firstDialect = 'national';

/** The station's own rule for a field, said in words. */
function useRules(driver: Driver, name: ConnectionField): FormRule[] {
  const { t } = useTranslation();
  const words: Partial<Record<ConnectionField, string>> = {
    url: t('settings.badUrl'),
    deviceSerial: t('platformLink.badSerial'),
    certificatePins: t('platformLink.badPins'),
    ...(driver === 'national' && { secret: t('settings.badSecret') }),
  };
  const check = (_: unknown, value: string | undefined) =>
    value === undefined || value === '' || isTaken(driver, name, value)
      ? Promise.resolve()
      : Promise.reject(new Error(words[name] ?? t('settings.required')));
  const required = { required: true, whitespace: true, message: t('settings.required') };
  return [...(isOptional(name) ? [] : [required]), { validator: check }];
}

function useLabel(driver: Driver, name: ConnectionField): string {
  const { t } = useTranslation();
  if (name === 'apiKey' || name === 'deviceSerial' || name === 'enterpriseKey' || name === 'certificatePins')
    return t(`platformLink.${name}`);
  return name === 'secret' && driver === 'cwr' ? t('platformLink.deviceSecret') : t(`settings.${name}`);
}

interface FieldProps {
  readonly driver: Driver;
  readonly name: ConnectionField;
  readonly connected: boolean;
}

function ProjectField({ driver, name, connected }: FieldProps) {
  const { t } = useTranslation();
  const rules = useRules(driver, name);
  const label = useLabel(driver, name);
  const hint = name === 'url' ? 'https://' : isSecret(name) && connected ? t('settings.secretKept') : '';
  return (
    <Form.Item name={name} label={label} rules={rules} className={`project-${name}`} validateTrigger="onBlur">
      {isSecret(name) ? (
        <Input.Password
          autoComplete="new-password"
          placeholder={hint}
          visibilityToggle={false}
          data-testid={`project-${name}`}
        />
      ) : (
        <Input autoComplete="off" spellCheck={false} placeholder={hint} data-testid={`project-${name}`} />
      )}
    </Form.Item>
  );
}

/** The kinds of platforms, asked for when the form opens. */
function useDialects(): Dialects {
  const client = useClient();
  const act = useAction();
  const [dialects, setDialects] = useState<Dialects>({ dialects: [], faulty: [] });
  useEffect(() => void act(async () => setDialects(await client.call('settings.dialects', {}))), [client, act]);
  return dialects;
}

function DialectChoice({ dialects, faulty }: Dialects) {
  const { t, i18n } = useTranslation();
  const options = dialects.map(({ name, title }) => ({ value: name, label: title[pairMember(i18n.language)] }));
  const files = faulty.map(({ file, error }) => `${file}（${error.detail ?? error.code}）`).join(' · ');
  return (
    <>
      <Form.Item name="dialect" label={t('platformLink.dialect')} className="project-dialect">
        <Select options={options} data-testid="project-dialect" />
      </Form.Item>
      {files !== '' && (
        <p className="project-faulty" role="alert">
          {t('platformLink.faulty', { files })}
        </p>
      )}
    </>
  );
}

interface TestProps {
  readonly form: FormInstance<Values>;
  readonly kind: ListedDialect | undefined;
  readonly connected: boolean;
  readonly onSteps: (steps: readonly ConnectionStep[] | undefined) => void;
}

/** Tries what is typed in; without a secret, which never comes back from the station, the present connection. */
function TestButton({ form, kind, connected, onSteps }: TestProps) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [busy, setBusy] = useState(false);
  const test = async () => {
    const typed = (form.getFieldValue('secret') as string | undefined) ?? '';
    const isPresent = connected && typed === '';
    const values = isPresent ? undefined : await form.validateFields().catch(() => undefined);
    if (kind === undefined || (values === undefined && !isPresent)) return;
    onSteps(undefined);
    setBusy(true);
    await act(async () => {
      const argument = values === undefined ? {} : { connection: connectionOf(values, kind) };
      onSteps((await client.call('settings.test-connection', argument)).steps);
    });
    setBusy(false);
  };
  return (
    <Button loading={busy} onClick={() => void test()} data-testid="test-connection">
      {t(busy ? 'platformLink.testing' : 'platformLink.test')}
    </Button>
  );
}

const connectionOf = (values: Values, { driver }: ListedDialect): ProjectConnection =>
  projectConnectionSchema.parse({ ...values, driver });

interface Props {
  readonly project: Settings['project'];
  readonly onSaved: (settings: Settings) => void;
}

/** Connects a project on the platform; from then on records are sent there. */
export function ProjectSettings({ project, onSaved }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [form] = Form.useForm<Values>();
  const [steps, setSteps] = useState<readonly ConnectionStep[]>();
  const { dialects, faulty } = useDialects();
  const chosen = Form.useWatch('dialect', form) ?? project?.dialect ?? firstDialect;
  const kind = dialects.find(({ name }) => name === chosen);
  const { driver = 'national', needsEnterpriseKey = false } = kind ?? {};
  const connect = async (values: Values) => {
    if (kind === undefined) return;
    const connection = connectionOf(values, kind);
    const connected = await act(async () => onSaved(await client.call('settings.connect-project', connection)));
    if (!connected) return;
    form.resetFields(['secret', 'enterpriseKey']);
    void message.success(t('settings.saved'));
  };
  return (
    <section className="settings__section">
      <h2>{t('settings.project')}</h2>
      <p>{t('settings.projectText')}</p>
      {project && (
        <p className="settings__now" data-testid="project-now">
          <strong>{t('settings.connected', { project: project.projectName })}</strong>
        </p>
      )}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="settings__project"
        initialValues={{ dialect: firstDialect, ...project }}
        onFinish={(values) => void connect(values)}
      >
        <DialectChoice dialects={dialects} faulty={faulty} />
        {connectionFields(driver, needsEnterpriseKey).map((name) => (
          <ProjectField key={name} driver={driver} name={name} connected={project !== undefined} />
        ))}
        <div className="settings__project-actions">
          <Button type="primary" htmlType="submit" data-testid="connect-project">
            {t('settings.connect')}
          </Button>
          <TestButton form={form} kind={kind} connected={project !== undefined} onSteps={setSteps} />
        </div>
      </Form>
      {steps !== undefined && <ConnectionSteps steps={steps} />}
    </section>
  );
}
