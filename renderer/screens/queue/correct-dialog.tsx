import { App, Button, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type RecordSummary,
  requiredFieldNames,
  type Team,
  type WorkerFields,
} from '../../../native-bridge/contract/enrolment.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { FieldInputs } from '../enrol/field-inputs.tsx';
import '../enrol/fields.css';
import { faultOf, fieldsOf, type FieldTexts, textFieldNames, textsOf } from '../enrol/field-values.ts';

interface Correctable {
  readonly given: Result<'record.correctable'>;
  readonly teams: readonly Team[];
}

/** What may be corrected, and the teams to choose from; the record's own is among them even if it is no longer listed. */
function useCorrectable(id: string): Correctable | undefined {
  const client = useClient();
  const act = useAction();
  const [correctable, setCorrectable] = useState<Correctable>();
  useEffect(() => {
    let current = true;
    void act(async () => {
      const given = await client.call('record.correctable', { id });
      const { teams } = await client.call('team.list', {});
      const own = teams.some((team) => team.id === given.team.id) ? [] : [given.team];
      const ofProject = teams.filter(({ projectCode }) => projectCode === given.team.projectCode);
      if (current) setCorrectable({ given, teams: [...own, ...ofProject] });
    });
    return () => {
      current = false;
    };
  }, [id, client, act]);
  return correctable;
}

/** Nothing wrong, and nothing missing that sealing would ask for. */
function isComplete(texts: FieldTexts): boolean {
  const isRight = textFieldNames.every((name) => faultOf(name, texts[name]) === undefined);
  return isRight && requiredFieldNames.every((name) => texts[name] !== '');
}

interface ContentProps {
  readonly record: RecordSummary;
  readonly onClose: () => void;
  /** Filled in for what the record has, to be looked at before it is confirmed. */
  readonly suggested?: WorkerFields;
}

function Form({ record, onClose, suggested, given, teams }: ContentProps & Correctable) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [texts, setTexts] = useState(() => textsOf({ ...given.fields, ...suggested }));
  const [teamId, setTeamId] = useState(given.team.id);
  const change = (part: Partial<FieldTexts>) => setTexts((before) => ({ ...before, ...part }));
  // Nothing is stored before the whole is confirmed.
  const fields = { texts, change, save: () => Promise.resolve(true) };
  const correct = async () => {
    const call = { id: record.id, fields: fieldsOf(texts), teamId };
    if (!(await act(() => client.call('record.correct', call)))) return;
    void message.success(t('life.corrected'));
    onClose();
  };
  return (
    <>
      <div className="correct__fields">
        <div className="field">
          <label htmlFor="correct-team">{t('life.team')}</label>
          <Select
            id="correct-team"
            value={teamId}
            onChange={setTeamId}
            options={teams.map((team) => ({ value: team.id, label: team.teamName }))}
          />
        </div>
        <FieldInputs fields={fields} disabled={false} teamTrade={undefined} />
      </div>
      <div className="record-life__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!isComplete(texts)}
          onClick={() => void correct()}
          data-testid="correct-confirm"
        >
          {t('life.correctConfirm')}
        </Button>
      </div>
    </>
  );
}

function Content(props: ContentProps) {
  const { t } = useTranslation();
  const correctable = useCorrectable(props.record.id);
  return (
    <div className="record-life__dialog" data-testid="correct-dialog">
      <p>{t('life.correctText')}</p>
      {correctable !== undefined && <Form {...props} {...correctable} />}
    </div>
  );
}

interface Props extends ContentProps {
  readonly open: boolean;
}

/** The fields of the Enrol screen once more; what the card says is not among them. */
export function CorrectDialog({ open, ...props }: Props) {
  const { t } = useTranslation();
  const title = t('life.correctTitle', { name: props.record.name });
  return (
    <Modal open={open} onCancel={props.onClose} title={title} footer={null} width="46rem" destroyOnHidden>
      <Content {...props} />
    </Modal>
  );
}
