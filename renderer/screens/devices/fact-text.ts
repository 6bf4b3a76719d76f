import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DiagnosticFact } from '../../../native-bridge/contract/diagnostics-calls.ts';
import { momentText } from '../../components/moment.ts';

type FactOf<K extends DiagnosticFact['kind']> = Extract<DiagnosticFact, { kind: K }>;

/** The system's own key stores by name; one that a later system brings stands under its own. */
const keyStoreName = (t: TFunction, name: string): string => t(`diagnostics.keyStore.${name}`, name);

function keyStoreText(t: TFunction, { now, before }: FactOf<'key-store'>): string {
  const name = keyStoreName(t, now);
  if (before === undefined) return name;
  return t('diagnostics.fact.keyStoreChanged', { now: name, before: keyStoreName(t, before) });
}

function readersText(t: TFunction, { readers }: FactOf<'readers'>): string {
  const each = readers.map(({ transport, state }) => {
    const connection = transport ? t(`devices.transport.${transport}`) : t('diagnostics.fact.readerUnknown');
    return t('diagnostics.fact.reader', { connection, state: t(`devices.state.${state}`) });
  });
  return each.join(t('seal.separator'));
}

function printerText(t: TFunction, { at, faults }: FactOf<'printer-test'>, language: string): string {
  const time = momentText(at, language);
  if (faults.length === 0) return t('diagnostics.fact.printerRight', { time });
  const names = faults.map((fault) => t(`printerTest.fault.${fault}`)).join(t('seal.separator'));
  return t('diagnostics.fact.printerWrong', { time, faults: names });
}

/** What a step found, in the language of the screen. */
export function factText(t: TFunction, fact: DiagnosticFact, language: string): string {
  switch (fact.kind) {
    case 'free-space':
      return t('diagnostics.fact.freeSpace', { gigabytes: fact.gigabytes.toFixed(1) });
    case 'key-store':
      return keyStoreText(t, fact);
    case 'backup-age':
      return fact.hours < 1 ? t('diagnostics.fact.backupNow') : t('diagnostics.fact.backupAge', { hours: fact.hours });
    case 'readers':
      return readersText(t, fact);
    case 'decoder':
      return t('diagnostics.fact.decoder', { runtime: fact.runtime });
    case 'clock-difference':
      return t('diagnostics.fact.clock', { seconds: Math.abs(fact.seconds) });
    case 'platform':
      return t(`diagnostics.platform.${fact.state}`);
    case 'printer-test':
      return printerText(t, fact, language);
  }
}

export function useFactText(): (fact: DiagnosticFact) => string {
  const { t, i18n } = useTranslation();
  return (fact) => factText(t, fact, i18n.language);
}
