import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import {
  type ComparedField,
  differenceReasonSchema,
  type DifferenceReason,
  type HeldField,
  type HeldWorker,
} from '../../../native-bridge/contract/held-worker.ts';
import { useClient } from '../../client/station-context.tsx';
import { codeName } from '../../codes/code-table.ts';
import { educationLevels } from '../../codes/education.ts';
import { politicalStatuses } from '../../codes/politics.ts';
import { trades } from '../../codes/trades.ts';
import { useAction } from '../../components/action.ts';
import { momentText } from '../../components/moment.ts';
import { pairMember } from '../../i18n/language.ts';
import { CorrectDialog } from '../queue/correct-dialog.tsx';
import '../queue/record-life.css';
import { ReasonButtons } from '../queue/reason-buttons.tsx';
import { suggestedFields } from './suggested-fields.ts';

const tables: Partial<Record<HeldField, typeof trades>> = {
  workType: trades,
  cultureLevelType: educationLevels,
  politicsType: politicalStatuses,
};

/** A value as the operator knows it: a code by its name, yes and no in words. */
function useShown(): (name: HeldField, value: string | undefined) => string {
  const { t, i18n } = useTranslation();
  return (name, value) => {
    if (value === undefined || value === '') return t('held.blank');
    if (name === 'isTeamLeader') return t(value === '1' ? 'held.yes' : 'held.no');
    const table = tables[name];
    return table === undefined ? value : codeName(table, value, pairMember(i18n.language));
  };
}

function FieldRow({ field }: { readonly field: ComparedField }) {
  const { t } = useTranslation();
  const shown = useShown();
  const { name, here, there, differs } = field;
  return (
    <tr className={differs ? 'held__row--differs' : ''} data-testid="held-field" data-differs={differs}>
      <th scope="row">{t(`held.field.${name}`)}</th>
      <td>{shown(name, here)}</td>
      <td>{there === undefined ? '—' : shown(name, there)}</td>
    </tr>
  );
}

function FieldTable({ fields }: { readonly fields: readonly ComparedField[] }) {
  const { t } = useTranslation();
  return (
    <table className="held__table">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('held.here')}</th>
          <th scope="col">{t('held.there')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <FieldRow key={field.name} field={field} />
        ))}
      </tbody>
    </table>
  );
}

interface DialogProps {
  readonly open: boolean;
  readonly onReason: (reason: DifferenceReason) => void;
  readonly onClose: () => void;
}

function NoteDialog({ open, onReason, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<DifferenceReason>();
  return (
    <Modal open={open} onCancel={onClose} title={t('held.noteTitle')} footer={null} destroyOnHidden>
      <div className="record-life__dialog" data-testid="note-dialog">
        <ReasonButtons
          reasons={differenceReasonSchema.options}
          text={(each) => t(`held.reason.${each}`)}
          chosen={reason}
          onChoose={setReason}
          label={t('held.noteTitle')}
        />
        <div className="record-life__buttons">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button
            type="primary"
            disabled={reason === undefined}
            onClick={() => reason !== undefined && onReason(reason)}
            data-testid="note-confirm"
          >
            {t('app.save')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface Props {
  readonly record: RecordSummary;
}

interface DeedsProps extends Props {
  readonly different: readonly ComparedField[];
}

/** Ours corrected, ours sent again, or the difference left as it is: one of the three settles it. */
function Deeds({ record, different }: DeedsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [dialog, setDialog] = useState<'correct' | 'note'>();
  const close = () => setDialog(undefined);
  const { id } = record;
  const suggested = suggestedFields(different);
  const told = (text: string, call: () => Promise<unknown>) =>
    act(async () => {
      await call();
      void message.success(text);
      close();
    });
  const note = (reason: DifferenceReason) => {
    const fields = different.map(({ name }) => name);
    void told(t('held.noted'), () => client.call('worker.note-differences', { id, fields, reason }));
  };
  return (
    <div className="held__deeds">
      <button
        type="button"
        className="plain-button plain-button--main"
        onClick={() => void told(t('held.sentAgain'), () => client.call('worker.send-again', { id }))}
        data-testid="held-send-again"
      >
        {t('held.sendAgain')}
      </button>
      {Object.keys(suggested).length > 0 && (
        <button type="button" className="plain-button" onClick={() => setDialog('correct')} data-testid="held-correct">
          {t('held.update')}
        </button>
      )}
      <button type="button" className="plain-button" onClick={() => setDialog('note')} data-testid="held-note">
        {t('held.note')}
      </button>
      <CorrectDialog open={dialog === 'correct'} record={record} suggested={suggested} onClose={close} />
      <NoteDialog open={dialog === 'note'} onReason={note} onClose={close} />
    </div>
  );
}

function Facts({ held }: { readonly held: HeldWorker }) {
  const { t } = useTranslation();
  const { enteredOn, leftOn, hasContract } = held;
  const facts = [
    enteredOn && t('held.enteredOn', { date: enteredOn }),
    leftOn && t('held.leftOn', { date: leftOn }),
    hasContract !== undefined && t(hasContract ? 'held.contract' : 'held.noContract'),
  ];
  return <p className="held__facts">{facts.filter(Boolean).join(' · ')}</p>;
}

function Answer({ held, record }: Props & { readonly held: HeldWorker }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (!held.present) return <p className="held__verdict held__verdict--absent">{t('held.absent')}</p>;
  const different = held.fields.filter(({ differs }) => differs);
  const isSame = different.length === 0;
  const shown = all ? held.fields : different;
  return (
    <>
      <p className={`held__verdict held__verdict--${isSame ? 'same' : 'differs'}`} data-testid="held-verdict">
        {isSame ? t('held.same') : t('held.differs', { count: different.length })}
        <button type="button" className="link-button" onClick={() => setAll(!all)}>
          {t(all ? 'held.showDifferent' : 'held.showAll')}
        </button>
      </p>
      {shown.length > 0 && <FieldTable fields={shown} />}
      <Facts held={held} />
      {!isSame && <Deeds record={record} different={different} />}
    </>
  );
}

/** What the platform holds of a worker, asked for by a person, beside what the station has. */
export function HeldWorkerView({ record }: Props) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [held, setHeld] = useState<HeldWorker>();
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    await act(async () => setHeld(await client.call('worker.at-platform', { id: record.id })));
    setAsking(false);
  };
  return (
    <section className="worker__section held" data-testid="held-worker">
      <header>
        <h3>{t('held.title')}</h3>
        {held !== undefined && <small>{t('held.askedAt', { time: momentText(held.askedAt, i18n.language) })}</small>}
        <button
          type="button"
          className="plain-button"
          disabled={asking}
          onClick={() => void ask()}
          data-testid="held-ask"
        >
          {t(asking ? 'held.asking' : held === undefined ? 'held.ask' : 'held.again')}
        </button>
      </header>
      {held !== undefined && <Answer held={held} record={record} />}
    </section>
  );
}
