import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { ContractDialog } from './contract-dialog.tsx';
import { PassageDialog } from './passage-dialog.tsx';
import { TrainingDialog } from './training-dialog.tsx';

const deeds = ['entry', 'exit', 'contract', 'training'] as const;
type Deed = (typeof deeds)[number];

interface Props {
  readonly workers: readonly RecordSummary[];
  /** The first stands out where reporting is what one has come for. */
  readonly main?: boolean;
}

/** What can be reported of the chosen workers: a contract is one person's. */
export function ReportDeeds({ workers, main = false }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Deed>();
  const close = () => setOpen(undefined);
  const [first] = workers;
  return (
    <div className="report-deeds">
      {deeds.map((deed) => (
        <button
          key={deed}
          type="button"
          className={main && deed === 'entry' ? 'plain-button plain-button--main' : 'plain-button'}
          disabled={workers.length === 0 || (deed === 'contract' && workers.length !== 1)}
          onClick={() => setOpen(deed)}
          data-testid={`report-${deed}`}
        >
          {t(`reports.deed.${deed}`)}
        </button>
      ))}
      {(['entry', 'exit'] as const).map((side) => (
        <PassageDialog key={side} open={open === side} side={side} workers={workers} onClose={close} />
      ))}
      {first !== undefined && <ContractDialog open={open === 'contract'} worker={first} onClose={close} />}
      <TrainingDialog open={open === 'training'} workers={workers} onClose={close} />
    </div>
  );
}
