import { Radio, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Paper, paperSchema } from '../../native-bridge/contract/print-calls.ts';
import { useMay } from '../client/station-context.tsx';

interface PaperChoiceProps {
  readonly paper: Paper;
  readonly onPaper: (paper: Paper) => void;
}

export function PaperChoice({ paper, onPaper }: PaperChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      className="print__papers"
      value={paper}
      aria-label={t('print.kind')}
      onChange={({ target }) => onPaper(paperSchema.parse(target.value))}
    >
      {paperSchema.options.map((each) => (
        <Radio key={each} value={each} data-testid={`print-${each}`}>
          <strong>{t(`print.paper.${each}`)}</strong>
          <small>{t(`print.about.${each}`)}</small>
        </Radio>
      ))}
    </Radio.Group>
  );
}

interface WholeNumbersProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Whole numbers of many people on paper: as of the export, for a supervisor, and noted. */
export function WholeNumbers({ on, onChange }: WholeNumbersProps) {
  const { t } = useTranslation();
  const may = useMay('worker.sheet-numbers');
  return (
    <label className="print__whole">
      <Switch checked={on} disabled={!may} onChange={onChange} data-testid="print-whole-numbers" />
      <span>
        {t('print.wholeNumbers')}
        <small>{t(may ? 'print.wholeNumbersText' : 'print.wholeNumbersLocked')}</small>
      </span>
    </label>
  );
}
