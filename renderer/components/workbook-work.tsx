import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import type { WorkbookProgress, WorkbookState, WorkbookSubject } from '../../native-bridge/contract/sheet.ts';
import { useClient } from '../client/station-context.tsx';
import { useAction } from './action.ts';
import { timeLeft } from './byte-progress.ts';
import { partSeparator } from './part-separator.ts';
import { sizeText } from '../screens/transfer/size-text.ts';
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
    ].join(partSeparator);
  };
}

/** Of a step that has no count, what can be said: how large the file is, and for how long it goes on. */
function useStandText(): (progress: WorkbookProgress) => string {
  const { t } = useTranslation();
  const rowsText = useRowsText();
  return ({ rows, fileBytes, seconds }) =>
    [
      ...(rows === undefined && fileBytes !== undefined ? [t('workbook.file', { size: sizeText(fileBytes) })] : []),
      ...(rows === undefined ? [] : [rowsText(rows)]),
      ...(rows === undefined || rows.perSecond === 0 ? [t('steps.elapsed', { count: seconds })] : []),
    ].join(partSeparator);
}

interface ProgressProps {
  readonly progress: WorkbookProgress;
  /** Asked for by a page that is no more: nobody will be shown what comes of it. */
  readonly isLeft: boolean;
}

function Progress({ progress, isLeft }: ProgressProps) {
  const { t } = useTranslation();
  const standText = useStandText();
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
        {` · ${standText(progress)}`}
        {isLeft && <small className="workbook-work__left">{t('workbook.left')}</small>}
      </span>
      <Button onClick={() => void act(() => client.call('workbook.cancel', {}))} data-testid="workbook-cancel">
        {t('workbook.stop')}
      </Button>
    </div>
  );
}

interface Props {
  /** Whether this screen waits for it. */
  readonly busy: boolean;
  readonly subject: WorkbookSubject;
}

/** How far the work on this screen's spreadsheets is. The station tells nothing of what is over in a moment. */
export function WorkbookWork({ busy, subject }: Props) {
  const client = useClient();
  const [{ progress }, setState] = useState<WorkbookState>({});
  useEffect(() => {
    void client.call('workbook.state', {}).then(
      (state) => setState((known) => (known.progress === undefined ? state : known)),
      () => undefined,
    );
    return client.on('workbook.changed', setState);
  }, [client]);
  return progress?.subject === subject ? <Progress progress={progress} isLeft={!busy} /> : null;
}
