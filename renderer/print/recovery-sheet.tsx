import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chinaDayAgo } from '../components/china-day.ts';
import { dayText } from '../components/moment.ts';
import { Printing } from './paper.tsx';
import { usePrintKey } from './print-key.tsx';
import './recovery-sheet.css';

interface SheetProps {
  readonly groups: readonly string[];
}

/** The recovery key as it is locked away: numbered as the program asks for it, with room to say what it opens. */
function RecoverySheet({ groups }: SheetProps) {
  const { t, i18n } = useTranslation();
  return (
    <article className="recovery-sheet" data-testid="recovery-sheet">
      <h1>{t('recoverySheet.title')}</h1>
      <p>{t('recoverySheet.use')}</p>
      <ol>
        {groups.map((group) => (
          <li key={group}>{group}</li>
        ))}
      </ol>
      <p>{t('recoverySheet.keep')}</p>
      <div className="recovery-sheet__lines">
        {(['computer', 'keeper'] as const).map((name) => (
          <p key={name}>{t(`recoverySheet.${name}`)}</p>
        ))}
      </div>
      <footer>{t('print.printedOn', { date: dayText(chinaDayAgo(0), i18n.language) })}</footer>
    </article>
  );
}

interface Props extends SheetProps {
  readonly place: Parameters<typeof usePrintKey>[0];
}

/** The key that is shown, on a sheet of its own: by this button or by Ctrl+P. */
export function PrintRecoveryKey({ groups, place }: Props) {
  const { t } = useTranslation();
  const [printing, setPrinting] = useState(false);
  usePrintKey(place, () => setPrinting(true));
  return (
    <>
      <button type="button" className="plain-button" onClick={() => setPrinting(true)} data-testid="print-recovery-key">
        {t('safety.print')}
      </button>
      {printing && (
        <Printing onDone={() => setPrinting(false)}>
          <RecoverySheet groups={groups} />
        </Printing>
      )}
    </>
  );
}
