import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import type { ErrorCode } from '../../../native-bridge/contract/errors.ts';
import type { RecordHistory } from '../../../native-bridge/contract/record-life.ts';
import { useClient, useMay } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorLine } from '../../components/error-text.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import './record-life.css';
import { RecordHistoryView } from './record-history-view.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Asked for again whenever the record changes. */
function useHistory({ id, changedAt, state }: RecordSummary): RecordHistory | undefined {
  const client = useClient();
  const act = useAction();
  const [history, setHistory] = useState<RecordHistory>();
  useEffect(() => {
    let current = true;
    void act(async () => {
      const told = await client.call('record.history', { id });
      if (current) setHistory(told);
    });
    return () => {
      current = false;
    };
  }, [id, changedAt, state, client, act]);
  return history;
}

type Deed = 'correct' | 'withdraw' | 'erase';

interface DeedProps {
  readonly deed: Deed;
  readonly refusal: ErrorCode | undefined;
  readonly onChoose: (deed: Deed) => void;
}

/** What cannot be done now says why when pointed at. */
function DeedButton({ deed, refusal: ofRecord, onChoose }: DeedProps) {
  const { t } = useTranslation();
  const mayDo = useMay(`record.${deed}`);
  const refusal = mayDo ? ofRecord : 'account.role-too-low';
  const errorLine = useErrorLine();
  return (
    <button
      type="button"
      className={deed === 'correct' ? 'plain-button' : 'plain-button plain-button--bad'}
      disabled={refusal !== undefined}
      title={refusal && errorLine(refusal)}
      onClick={() => onChoose(deed)}
      data-testid={`${deed}-record`}
    >
      {t(`life.${deed}`)}
    </button>
  );
}

const deeds: readonly Deed[] = ['correct', 'withdraw', 'erase'];

/** What can be done with a sealed record, and what became of it. */
export function RecordLife({ record }: { readonly record: RecordSummary }) {
  const history = useHistory(record);
  const [deed, setDeed] = useState<Deed>();
  if (history === undefined) return null;
  const close = () => setDeed(undefined);
  return (
    <>
      <div className="record-life__deeds">
        {deeds.map((each) => (
          <DeedButton key={each} deed={each} refusal={history.refusals[each]} onChoose={setDeed} />
        ))}
      </div>
      <RecordHistoryView id={record.id} history={history} />
      <CorrectDialog open={deed === 'correct'} record={record} onClose={close} />
      <WithdrawDialog open={deed === 'withdraw'} record={record} onClose={close} />
      <EraseDialog open={deed === 'erase'} record={record} onClose={close} />
    </>
  );
}
