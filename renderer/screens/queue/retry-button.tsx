import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { mayRetry } from './next-step.ts';

export function RetryButton({ record }: { readonly record: RecordSummary }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  if (!mayRetry(record)) return null;
  const retry = async () => {
    if (await act(() => client.call('queue.retry', { id: record.id }))) void message.success(t('queue.retried'));
  };
  // What goes up by itself asks for nothing: only where a person is waited for does the button stand out.
  const look = record.state === 'needs-attention' ? 'plain-button plain-button--main' : 'plain-button';
  return (
    <button type="button" className={look} onClick={() => void retry()} data-testid="retry">
      {t('queue.retry')}
    </button>
  );
}
