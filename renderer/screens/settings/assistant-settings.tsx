import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** Starts the assistant of the first start once more. Being gone through it changes nothing. */
export function AssistantSettings() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const start = () => act(() => client.call('first-run.go', { step: 'language', again: true }));
  return (
    <section className="settings__section settings__section--kept" aria-labelledby="assistant-title">
      <h2 id="assistant-title">{t('firstRun.again.title')}</h2>
      <div className="settings__switch">
        <div>
          <span>{t('firstRun.again.text')}</span>
        </div>
        <Button onClick={() => void start()} data-testid="assistant-again">
          {t('firstRun.again.start')}
        </Button>
      </div>
    </section>
  );
}
