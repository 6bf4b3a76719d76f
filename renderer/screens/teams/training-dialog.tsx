import { App, Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import type { Argument } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { trainingKinds } from '../../codes/training-types.ts';
import { CodeSelect } from '../../components/code-select.tsx';
import { DayField } from '../../components/day-field.tsx';
import { type Attachment, AttachmentsField } from './attachments-field.tsx';
import { FormField } from './form-field.tsx';
import { madeText } from './passage-dialog.tsx';
import { chinaToday, type Faults, numberIn, scoreFault, trainingFaults, type TrainingTexts } from './report-rules.ts';
import { useReportAction } from './use-report-action.ts';

/** Papers of one training: the interface's limit. */
const mostFiles = 10;

interface Texts extends TrainingTexts {
  readonly trainer: string;
}

interface Mark {
  readonly isPass: 0 | 1;
  readonly score: string;
}

type Marks = Readonly<Record<string, Mark>>;

const passed: Mark = { isPass: 1, score: '' };

interface FieldsProps {
  readonly texts: Texts;
  readonly faults: Faults;
  readonly onChange: (part: Partial<Texts>) => void;
}

function TrainingFields({ texts, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const text = (name: 'trainingName' | 'trainingDuration' | 'trainer', maxLength: number, placeholder = '') => (
    <Input
      id={`training-${name}`}
      value={texts[name]}
      maxLength={maxLength}
      placeholder={placeholder}
      onChange={(event) => onChange({ [name]: event.target.value })}
      data-testid={`training-${name}`}
    />
  );
  return (
    <>
      <FormField
        id="training-trainingName"
        label={t('reports.field.trainingName')}
        fault={faults.trainingName}
        width="two"
      >
        {text('trainingName', 100)}
      </FormField>
      <FormField id="training-trainer" label={t('reports.field.trainer')}>
        {text('trainer', 50, t('teams.optional'))}
      </FormField>
      <FormField id="training-type" label={t('reports.field.trainingTypeCode')} fault={faults.trainingTypeCode}>
        <CodeSelect
          id="training-type"
          table={trainingKinds}
          value={texts.trainingTypeCode}
          onChange={(trainingTypeCode) => onChange({ trainingTypeCode })}
        />
      </FormField>
      <FormField id="training-date" label={t('reports.field.trainingDate')} fault={faults.trainingDate}>
        <DayField
          id="training-date"
          value={texts.trainingDate}
          onChange={(trainingDate) => onChange({ trainingDate })}
        />
      </FormField>
      <FormField
        id="training-trainingDuration"
        label={t('reports.field.trainingDuration')}
        fault={faults.trainingDuration}
      >
        {text('trainingDuration', 6)}
      </FormField>
    </>
  );
}

interface MarkRowProps {
  readonly worker: RecordSummary;
  readonly mark: Mark;
  readonly onMark: (mark: Mark) => void;
}

function MarkRow({ worker, mark, onMark }: MarkRowProps) {
  const { t } = useTranslation();
  const isWrong = scoreFault(mark.score) !== undefined;
  return (
    <li>
      <span title={worker.name}>{worker.name}</span>
      <Segmented
        value={mark.isPass}
        options={[
          { value: 1, label: t('reports.pass') },
          { value: 0, label: t('reports.fail') },
        ]}
        onChange={(value) => onMark({ ...mark, isPass: value === 1 ? 1 : 0 })}
      />
      <Input
        value={mark.score}
        inputMode="decimal"
        maxLength={5}
        placeholder={t('reports.field.trainingScore')}
        aria-label={`${worker.name} ${t('reports.field.trainingScore')}`}
        title={t('reports.scoreRange')}
        {...(isWrong && { status: 'error' as const })}
        onChange={(event) => onMark({ ...mark, score: event.target.value })}
        data-testid="training-score"
      />
    </li>
  );
}

function traineesOf(workers: readonly RecordSummary[], marks: Marks): Argument<'report.add-training'>['trainees'] {
  return workers.map(({ id }) => {
    const { isPass, score } = marks[id] ?? passed;
    const trainingScore = numberIn(score, 1);
    return { recordId: id, isPass, ...(trainingScore !== undefined && { trainingScore }) };
  });
}

interface ContentProps {
  readonly workers: readonly RecordSummary[];
  readonly onClose: () => void;
}

const untouched: Texts = {
  trainingDate: '',
  trainingDuration: '',
  trainingName: '',
  trainingTypeCode: undefined,
  trainer: '',
};

/** What was not given yet is no fault to shout about; only the button waits for it. */
const shownFaults = (faults: Faults): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== 'missing'));

function Content({ workers, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const { found, run, forget } = useReportAction();
  const [texts, setTexts] = useState<Texts>(() => ({ ...untouched, trainingDate: chinaToday() }));
  const [marks, setMarks] = useState<Marks>({});
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const own = trainingFaults(texts, chinaToday());
  const isMarked = Object.values(marks).every(({ score }) => scoreFault(score) === undefined);
  const change = (part: Partial<Texts>) => {
    forget();
    setTexts((before) => ({ ...before, ...part }));
  };
  const report = () =>
    run(async () => {
      const { trainingDate, trainingName, trainingTypeCode = '', trainer } = texts;
      const trainingDuration = numberIn(texts.trainingDuration, 1) ?? 0;
      await client.call('report.add-training', {
        ...{ trainingDate, trainingDuration, trainingName: trainingName.trim(), trainingTypeCode },
        ...(trainer.trim() !== '' && { trainer: trainer.trim() }),
        trainees: traineesOf(workers, marks),
        attachments: [...attachments],
      });
      void message.success(t(madeText(workers)));
      onClose();
    });
  return (
    <div className="teams__dialog" data-testid="training-dialog">
      <div className="form-grid form-grid--three">
        <TrainingFields texts={texts} faults={{ ...found, ...shownFaults(own) }} onChange={change} />
      </div>
      <ul className="marks">
        {workers.map((worker) => (
          <MarkRow
            key={worker.id}
            worker={worker}
            mark={marks[worker.id] ?? passed}
            onMark={(mark) => setMarks((before) => ({ ...before, [worker.id]: mark }))}
          />
        ))}
      </ul>
      <AttachmentsField files={attachments} most={mostFiles} onFiles={setAttachments} />
      <div className="teams__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={Object.keys(own).length > 0 || !isMarked}
          onClick={() => void report()}
          data-testid="training-confirm"
        >
          {t('reports.trainingConfirm', { count: workers.length })}
        </Button>
      </div>
    </div>
  );
}

/** A training that workers took part in, with what each of them made of it. */
export function TrainingDialog({ open, ...props }: ContentProps & { readonly open: boolean }) {
  const { t } = useTranslation();
  const title = t('reports.trainingTitle', { count: props.workers.length });
  return (
    <Modal open={open} onCancel={props.onClose} title={title} footer={null} centered width="46rem" destroyOnHidden>
      <Content {...props} />
    </Modal>
  );
}
