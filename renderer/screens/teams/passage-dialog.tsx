import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { useClient } from '../../client/station-context.tsx';
import { DayField } from '../../components/day-field.tsx';
import { FormField } from './form-field.tsx';
import { chinaToday, passageFaults } from './report-rules.ts';
import { useReportAction } from './use-report-action.ts';

/** What the operator is told: a report waits for its worker. */
export const madeText = (workers: readonly RecordSummary[]) =>
  workers.every(({ state }) => state === 'confirmed') ? 'reports.made' : 'reports.madeWaiting';

interface ContentProps {
  readonly workers: readonly RecordSummary[];
  readonly side: 'entry' | 'exit';
  readonly onClose: () => void;
}

function Content({ workers, side, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const { found, run, forget } = useReportAction();
  const today = chinaToday();
  const [date, setDate] = useState(today);
  const fault = passageFaults(date, today).date ?? found.date;
  const report = () =>
    run(async () => {
      const recordIds = workers.map(({ id }) => id);
      await client.call('report.add-passages', { recordIds, date, type: side === 'entry' ? 1 : 0 });
      void message.success(t(madeText(workers)));
      onClose();
    });
  const change = (day: string) => {
    forget();
    setDate(day);
  };
  return (
    <div className="teams__dialog" data-testid="passage-dialog">
      <p className="teams__names">{workers.map(({ name }) => name).join('、')}</p>
      <FormField id="passage-date" label={t('reports.field.date')} fault={fault} hint={t('reports.passageText')}>
        <DayField id="passage-date" value={date} onChange={change} />
      </FormField>
      <div className="teams__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={fault !== undefined}
          onClick={() => void report()}
          data-testid="passage-confirm"
        >
          {t(`reports.${side}Confirm`, { count: workers.length })}
        </Button>
      </div>
    </div>
  );
}

/** When workers came to the site or left it. */
export function PassageDialog({ open, ...props }: ContentProps & { readonly open: boolean }) {
  const { t } = useTranslation();
  const title = t(`reports.${props.side}Title`, { count: props.workers.length });
  return (
    <Modal open={open} onCancel={props.onClose} title={title} footer={null} centered width="34rem" destroyOnHidden>
      <Content {...props} />
    </Modal>
  );
}
