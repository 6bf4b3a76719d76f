import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Arrival,
  arrivedText,
  isOfDevice,
  isScan,
  nothingArrived,
  paceOf,
  withKey,
} from '../../scanning/arrival.ts';
import { type Filling, fillingOf } from '../../scanning/scanned-text.ts';
import './scanner-section.css';

function useFillingText(): (filling: Filling) => string {
  const { t } = useTranslation();
  return (filling) => {
    if (filling.kind !== 'bank-card') return t(`scannerTest.fills.${filling.kind}`);
    const number = filling.number.replace(/(\d{4})(?=\d)/g, '$1 ');
    return t(filling.passes ? 'scannerTest.bankCard' : 'scannerTest.bankCardWrong', { number });
  };
}

function Told({ arrival }: { readonly arrival: Arrival }) {
  const { t } = useTranslation();
  const fillingText = useFillingText();
  const text = arrivedText(arrival);
  const filling = fillingOf(text);
  const pace = paceOf(arrival);
  const scanned = isScan(arrival);
  const isDoubtful = filling.kind === 'nothing' || (filling.kind === 'bank-card' && !filling.passes);
  const lines = [
    [t('scannerTest.text'), text, 'scanner-test__text'],
    [t('scannerTest.count'), t('scannerTest.characters', { count: arrival.keys.length })],
    [t('scannerTest.pace'), pace && t('scannerTest.paceValue', rounded(pace))],
    [
      t('scannerTest.kind'),
      t(scanned ? 'scannerTest.scanned' : 'scannerTest.typed'),
      scanned ? 'scanner-test__good' : 'scanner-test__mind',
    ],
    [
      t('scannerTest.terminator'),
      t(`scannerTest.ends.${arrival.terminator ?? 'none'}`),
      arrival.terminator === undefined ? 'scanner-test__mind' : 'scanner-test__good',
    ],
    [t('scannerTest.filling'), fillingText(filling), isDoubtful ? 'scanner-test__mind' : 'scanner-test__good'],
  ] as const;
  return (
    <div role="status" aria-label={t('scannerTest.arrived')} data-testid="scanner-told">
      <dl className="scanner-test__told">
        {lines.map(([label, value, className]) => (
          <Line key={label} label={label} value={value} className={className} />
        ))}
      </dl>
    </div>
  );
}

const rounded = ({ median, longest }: { readonly median: number; readonly longest: number }) => ({
  median: Math.round(median),
  longest: Math.round(longest),
});

interface LineProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly className: string | undefined;
}

function Line({ label, value, className }: LineProps) {
  if (value === undefined) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className={className}>{value}</dd>
    </>
  );
}

/** What came stays in this page's memory until the next text, the button or another screen; it may be a card's number. */
function useArrival() {
  const [arrival, setArrival] = useState(nothingArrived);
  // A scanner's next key may come before the page has shown the last one.
  const current = useRef(arrival);
  const [composed, setComposed] = useState(false);
  const keep = (next: Arrival) => {
    current.current = next;
    setArrival(next);
  };
  const take = (event: KeyboardEvent) => {
    const { key, timeStamp: at, ctrlKey, altKey, metaKey } = event;
    // An input method that is switched on keeps the keys to itself.
    if (event.nativeEvent.isComposing || key === 'Process') return setComposed(true);
    if (ctrlKey || altKey || metaKey || (key === 'Tab' && !isOfDevice(current.current, at))) return;
    const next = withKey(current.current, { key, at });
    if (next === current.current) return;
    event.preventDefault();
    setComposed(false);
    keep(next);
  };
  const clear = () => {
    keep(nothingArrived);
    setComposed(false);
  };
  return { arrival, composed, take, clear };
}

/** A field that tells what a barcode scanner or a card swipe sends, and what the desk would do with it. */
export function ScannerSection() {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  const { arrival, composed, take, clear } = useArrival();
  const isEmpty = arrival.keys.length === 0;
  return (
    <section className="devices__section" aria-labelledby="devices-scanner" data-testid="scanner-section">
      <h2 id="devices-scanner">{t('scannerTest.title')}</h2>
      <div className="scanner-test">
        <div className="scanner-test__side">
          <p>{t('scannerTest.about')}</p>
          <label className="scanner-test__field">
            <span>{t('scannerTest.field')}</span>
            <Input
              ref={input}
              value={arrivedText(arrival)}
              autoComplete="off"
              spellCheck={false}
              placeholder={t('scannerTest.placeholder')}
              onKeyDown={take}
              // What is typed comes by its keys; a text that comes without them, as by pasting, is no scan.
              onChange={() => undefined}
              data-testid="scanner-field"
            />
          </label>
          {composed && (
            <p className="scanner-test__mind" role="alert">
              {t('scannerTest.composed')}
            </p>
          )}
          <Button
            disabled={isEmpty}
            onClick={() => {
              clear();
              input.current?.focus();
            }}
          >
            {t('scannerTest.clear')}
          </Button>
          <p className="scanner-test__kept">{t('scannerTest.notKept')}</p>
        </div>
        {isEmpty ? <p className="scanner-test__kept">{t('scannerTest.nothing')}</p> : <Told arrival={arrival} />}
      </div>
    </section>
  );
}
