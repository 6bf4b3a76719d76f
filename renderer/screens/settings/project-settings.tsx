import { App, Button, Form, Input, type FormRule } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type ProjectConnection,
  projectConnectionSchema,
  type Result,
} from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

type Settings = Result<'settings.get'>;
type FieldName = keyof ProjectConnection;

const fieldNames: readonly FieldName[] = [
  'url',
  'appid',
  'secret',
  'projectCode',
  'projectName',
  'corpCode',
  'corpName',
];

/** The station's own rule for a field, said in words. */
function useRules(name: FieldName): FormRule[] {
  const { t } = useTranslation();
  const wrong =
    name === 'url' ? t('settings.badUrl') : name === 'secret' ? t('settings.badSecret') : t('settings.required');
  const check = (_: unknown, value: string | undefined) =>
    value === undefined || value === '' || projectConnectionSchema.shape[name].safeParse(value).success
      ? Promise.resolve()
      : Promise.reject(new Error(wrong));
  return [{ required: true, whitespace: true, message: t('settings.required') }, { validator: check }];
}

function ProjectField({ name, connected }: { readonly name: FieldName; readonly connected: boolean }) {
  const { t } = useTranslation();
  const rules = useRules(name);
  const hint = name === 'url' ? 'https://' : name === 'secret' && connected ? t('settings.secretKept') : '';
  return (
    <Form.Item
      name={name}
      label={t(`settings.${name}`)}
      rules={rules}
      className={`project-${name}`}
      validateTrigger="onBlur"
    >
      {name === 'secret' ? (
        <Input.Password
          autoComplete="new-password"
          placeholder={hint}
          visibilityToggle={false}
          data-testid="project-secret"
        />
      ) : (
        <Input autoComplete="off" spellCheck={false} placeholder={hint} data-testid={`project-${name}`} />
      )}
    </Form.Item>
  );
}

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
  const [form] = Form.useForm<ProjectConnection>();
  const connect = async (values: ProjectConnection) => {
    const connected = await act(async () => onSaved(await client.call('settings.connect-project', values)));
    if (!connected) return;
    form.resetFields(['secret']);
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
      <Form<ProjectConnection>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="settings__project"
        initialValues={project ?? {}}
        onFinish={(values) => void connect(values)}
      >
        {fieldNames.map((name) => (
          <ProjectField key={name} name={name} connected={project !== undefined} />
        ))}
        <Button type="primary" htmlType="submit" data-testid="connect-project">
          {t('settings.connect')}
        </Button>
      </Form>
    </section>
  );
}
