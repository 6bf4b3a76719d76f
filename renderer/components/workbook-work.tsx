import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import type { WorkbookProgress } from '../../native-bridge/contract/sheet.ts';
import { useClient } from '../client/station-context.tsx';
import { useAction } from './action.ts';
import { timeLeft } from './byte-progress.ts';
import { rateText } from './record-progress.ts';
import './workbook-work.css';

/** Work on a spreadsheet that this screen asked for; given up by the operator, it is no failure. */
export function useWorkbookWork() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const act = useAction();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    await act(async () => {
      try {
        await work();
      } catch (cause) {
        if (asStationError(cause).code !== 'workbook.cancelled') throw cause;
        void message.info(t('workbook.cancelled'));
      }
    });
    setBusy(false);
  };
  return { busy, run };
}

function useRowsText(): (rows: NonNullable<WorkbookProgress['rows']>) => string {
  const { t } = useTranslation();
  return ({ done, total, perSecond }) => {
    const left = timeLeft(total - done, perSecond);
    return [
      t('workbook.rows', { done, total }),
      ...(perSecond > 0 ? [t('workbook.rate', { rate: rateText(perSecond) })] : []),
      ...(left === undefined ? [] : [t(`bytes.${left.unit}`, { count: left.count })]),
    ].join(' · ');
  };
}

function Progress({ progress }: { readonly progress: WorkbookProgress }) {
  const { t } = useTranslation();
  const rowsText = useRowsText();
  const client = useClient();
  const act = useAction();
  const { step, number, steps, rows } = progress;
  const title = t(`workbook.step.${step}`);
  return (
    <div className="workbook-work" data-testid="workbook-progress">
      {/* Without a value it only shows that it goes on. */}
      <progress aria-label={title} {...(rows && { value: rows.done, max: Math.max(rows.total, 1) })} />
      <span role="status">
        {t('workbook.at', { number, steps, title })}
        {rows && ` · ${rowsText(rows)}`}
      </span>
      <Button onClick={() => void act(() => client.call('workbook.cancel', {}))} data-testid="workbook-cancel">
        {t('workbook.stop')}
      </Button>
    </div>
  );
}

/** How far the work is that this screen asked for. The station tells nothing of what is over in a moment. */
function Work() {
  const client = useClient();
  const [progress, setProgress] = useState<WorkbookProgress>();
  useEffect(() => client.on('workbook.changed', setProgress), [client]);
  return progress === undefined ? null : <Progress progress={progress} />;
}

export const WorkbookWork = ({ busy }: { readonly busy: boolean }) => (busy ? <Work /> : null);
