import { App, Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { useClient } from '../../client/station-context.tsx';
import { pieceUnits } from '../../codes/contract-units.ts';
import { CodeSelect } from '../../components/code-select.tsx';
import { DayField } from '../../components/day-field.tsx';
import { type Attachment, AttachmentsField } from './attachments-field.tsx';
import { FormField } from './form-field.tsx';
import { madeText } from './passage-dialog.tsx';
import { chinaToday, contractFaults, type ContractTexts, type Faults, numberIn } from './report-rules.ts';
import { useReportAction } from './use-report-action.ts';

/** Papers of one contract: the interface's limit. */
const mostFiles = 2;

interface Texts extends ContractTexts {
  readonly contractPeriodType: 0 | 1;
}

interface FieldsProps {
  readonly texts: Texts;
  readonly faults: Faults;
  readonly onChange: (part: Partial<Texts>) => void;
}

function TermFields({ texts, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <FormField id="contract-period" label={t('reports.field.contractPeriodType')} width="wide">
        <Segmented
          id="contract-period"
          value={texts.contractPeriodType}
          options={[
            { value: 0, label: t('reports.period.fixed') },
            { value: 1, label: t('reports.period.work') },
          ]}
          onChange={(value) => onChange({ contractPeriodType: value === 1 ? 1 : 0 })}
        />
      </FormField>
      <FormField id="contract-start" label={t('reports.field.startDate')} fault={faults.startDate}>
        <DayField id="contract-start" value={texts.startDate} onChange={(startDate) => onChange({ startDate })} />
      </FormField>
      <FormField id="contract-end" label={t('reports.field.endDate')} fault={faults.endDate}>
        <DayField id="contract-end" value={texts.endDate} onChange={(endDate) => onChange({ endDate })} />
      </FormField>
    </>
  );
}

function PriceFields({ texts, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <FormField id="contract-unit" label={t('reports.field.unit')} fault={faults.unit}>
        <CodeSelect
          id="contract-unit"
          table={pieceUnits}
          value={texts.unit}
          clearable
          placeholder={t('reports.noUnit')}
          onChange={(unit) => onChange({ unit, ...(unit === undefined && { unitPrice: '' }) })}
        />
      </FormField>
      <FormField id="contract-price" label={t('reports.field.unitPrice')} fault={faults.unitPrice}>
        <Input
          id="contract-price"
          value={texts.unitPrice}
          disabled={texts.unit === undefined}
          inputMode="decimal"
          maxLength={12}
          onChange={(event) => onChange({ unitPrice: event.target.value })}
          data-testid="contract-price"
        />
      </FormField>
    </>
  );
}

interface ContentProps {
  readonly worker: RecordSummary;
  readonly onClose: () => void;
}

function Content({ worker, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const { found, run, forget } = useReportAction();
  const [texts, setTexts] = useState<Texts>(() => ({
    contractPeriodType: 0,
    startDate: chinaToday(),
    endDate: '',
    unit: undefined,
    unitPrice: '',
  }));
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const own = contractFaults(texts);
  const change = (part: Partial<Texts>) => {
    forget();
    setTexts((before) => ({ ...before, ...part }));
  };
  const report = () =>
    run(async () => {
      const { unit, contractPeriodType, startDate, endDate } = texts;
      const unitPrice = unit === undefined ? undefined : numberIn(texts.unitPrice, 2);
      const price = unit !== undefined && unitPrice !== undefined ? { unit, unitPrice } : {};
      const terms = { contractPeriodType, startDate, endDate, ...price, attachments: [...attachments] };
      await client.call('report.add-contract', { recordId: worker.id, ...terms });
      void message.success(t(madeText([worker])));
      onClose();
    });
  // A day that was not given yet is no fault to shout about.
  const { endDate, ...others } = own;
  const shown: Faults = { ...found, ...others, ...(endDate !== undefined && texts.endDate !== '' && { endDate }) };
  return (
    <div className="teams__dialog" data-testid="contract-dialog">
      <div className="form-grid">
        <TermFields texts={texts} faults={shown} onChange={change} />
        <PriceFields texts={texts} faults={shown} onChange={change} />
        <FormField id="contract-files" label={t('reports.field.attachments')} width="wide">
          <AttachmentsField files={attachments} most={mostFiles} onFiles={setAttachments} />
        </FormField>
      </div>
      <div className="teams__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={Object.keys(own).length > 0}
          onClick={() => void report()}
          data-testid="contract-confirm"
        >
          {t('reports.contractConfirm')}
        </Button>
      </div>
    </div>
  );
}

/** The labour contract of one worker, with its papers. */
export function ContractDialog({ open, ...props }: ContentProps & { readonly open: boolean }) {
  const { t } = useTranslation();
  const title = t('reports.contractTitle', { name: props.worker.name });
  return (
    <Modal open={open} onCancel={props.onClose} title={title} footer={null} centered width="44rem" destroyOnHidden>
      <Content {...props} />
    </Modal>
  );
}
