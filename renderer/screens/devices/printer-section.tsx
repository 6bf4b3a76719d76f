import { Button, Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type PrinterFault,
  printerFaultSchema,
  type PrinterTest,
} from '../../../native-bridge/contract/printer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { momentText } from '../../components/moment.ts';
import { Printing } from '../../print/paper.tsx';
import { PrinterTestSheet } from '../../print/printer-test-sheet.tsx';
import './printer-section.css';

function useFaultNames() {
  const { t } = useTranslation();
  return (faults: readonly PrinterFault[]) =>
    faults.map((fault) => t(`printerTest.fault.${fault}`)).join(t('seal.separator'));
}

function Last({ last }: { readonly last: PrinterTest | undefined }) {
  const { t, i18n } = useTranslation();
  const faultNames = useFaultNames();
  if (last === undefined) return <p data-testid="printer-last">{t('printerTest.never')}</p>;
  const isGood = last.faults.length === 0;
  const text = { time: momentText(last.at, i18n.language), faults: faultNames(last.faults) };
  return (
    <p
      className={`printer-test__last--${isGood ? 'good' : 'bad'}`}
      role="status"
      data-testid="printer-last"
      data-good={isGood}
    >
      {t(isGood ? 'printerTest.wasRight' : 'printerTest.wasWrong', text)}
    </p>
  );
}

/** The desk cannot see what came out of the printer; a person tells. */
function Question({ onAnswer }: { readonly onAnswer: (faults: PrinterFault[]) => void }) {
  const { t } = useTranslation();
  const [faults, setFaults] = useState<readonly PrinterFault[]>([]);
  const mark = (fault: PrinterFault, isMarked: boolean) =>
    setFaults(printerFaultSchema.options.filter((each) => (each === fault ? isMarked : faults.includes(each))));
  return (
    <section className="printer-test__question" aria-labelledby="printer-question" data-testid="printer-question">
      <h3 id="printer-question">{t('printerTest.question')}</h3>
      <fieldset className="printer-test__faults">
        <legend>{t('printerTest.marks')}</legend>
        {printerFaultSchema.options.map((fault) => (
          <Checkbox key={fault} checked={faults.includes(fault)} onChange={({ target }) => mark(fault, target.checked)}>
            {t(`printerTest.ask.${fault}`)}
          </Checkbox>
        ))}
      </fieldset>
      <div className="printer-test__answers">
        <Button type="primary" autoFocus disabled={faults.length > 0} onClick={() => onAnswer([])}>
          {t('printerTest.right')}
        </Button>
        <Button disabled={faults.length === 0} onClick={() => onAnswer([...faults])}>
          {t('printerTest.wrong')}
        </Button>
      </div>
    </section>
  );
}

function usePrinterTest() {
  const client = useClient();
  const act = useAction();
  const [last, setLast] = useState<PrinterTest>();
  useEffect(() => void act(async () => setLast((await client.call('printer.state', {})).last)), [client, act]);
  const note = (faults: PrinterFault[]) =>
    act(async () => setLast((await client.call('printer.note-test', { faults })).last));
  return { last, note };
}

/** Prints one page the way badges and registers are printed, and notes what the operator says of it. */
export function PrinterSection() {
  const { t } = useTranslation();
  const { last, note } = usePrinterTest();
  const [openedAt] = useState(() => new Date().toISOString());
  const [printedAt, setPrintedAt] = useState<string>();
  const [asking, setAsking] = useState(false);
  const printed = () => {
    setPrintedAt(undefined);
    setAsking(true);
  };
  const answer = async (faults: PrinterFault[]) => {
    if (await note(faults)) setAsking(false);
  };
  return (
    <section className="devices__section" aria-labelledby="devices-printer" data-testid="printer-section">
      <h2 id="devices-printer">{t('printerTest.title')}</h2>
      <div className="printer-test">
        <div className="printer-test__preview" aria-hidden="true">
          <PrinterTestSheet printedAt={openedAt} />
        </div>
        <div className="printer-test__side">
          <p>{t('printerTest.text')}</p>
          <Last last={last} />
          <Button
            type={asking ? 'default' : 'primary'}
            loading={printedAt !== undefined}
            onClick={() => setPrintedAt(new Date().toISOString())}
          >
            {t(asking ? 'printerTest.printAgain' : 'printerTest.print')}
          </Button>
          {asking && <Question onAnswer={(faults) => void answer(faults)} />}
        </div>
      </div>
      {printedAt !== undefined && (
        <Printing onDone={printed}>
          <PrinterTestSheet printedAt={printedAt} />
        </Printing>
      )}
    </section>
  );
}
