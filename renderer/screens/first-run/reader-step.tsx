import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedReader, ReaderSettings } from '../../../native-bridge/contract/reader.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { HelpSteps } from '../../components/help-steps.tsx';
import { CheckIcon, WarnIcon } from '../../components/icons.tsx';
import { ReaderIllustration } from '../enrol/reader-illustration.tsx';
import { isVirtualReader } from './virtual-reader.ts';
import { StepSheet } from './step-sheet.tsx';
import type { FirstRunWay } from './use-first-run.ts';

/**
 * In practice nothing is searched for of itself. What was found is kept; a search that found nothing ends with the step. On
 * a station that has been set up it is searched as somebody chose.
 */
function useSearch(isAgain: boolean, hasFound: boolean): void {
  const client = useClient();
  const act = useAction();
  const endUnlessFound = useEffectEvent((before: ReaderSettings) => {
    if (!hasFound) client.call('settings.set-readers', before).catch(() => undefined);
  });
  useEffect(() => {
    if (isAgain) return undefined;
    let before: ReaderSettings | undefined;
    void act(async () => {
      const { readers } = await client.call('settings.get', {});
      if (readers.automatic) return;
      before = readers;
      await client.call('settings.set-readers', { ...readers, automatic: true });
    });
    return () => {
      if (before !== undefined) endUnlessFound(before);
    };
  }, [client, act, isAgain]);
}

function Found({ reader }: { readonly reader: ListedReader }) {
  const { t } = useTranslation();
  const { state, code, transport, address, model, samNumber } = reader;
  const isGood = state !== 'trouble';
  const facts = [transport && t(`devices.transport.${transport}`), address, model, samNumber];
  return (
    <li className={`first-run__found first-run__found--${isGood ? 'good' : 'bad'}`} data-testid="first-run-reader">
      {isGood ? <CheckIcon /> : <WarnIcon />}
      <strong>{isGood ? t('firstRun.reader.found') : <ErrorSentence code={code ?? 'reader.not-found'} />}</strong>
      <span>{facts.filter(Boolean).join(' · ')}</span>
    </li>
  );
}

/** Readers as they are plugged in; the virtual one is always there and nothing to be found. */
export function ReaderStep({ way }: { readonly way: FirstRunWay }) {
  const { t } = useTranslation();
  const readers = useStation((snapshot) => snapshot.readers).filter((reader) => !isVirtualReader(reader));
  const hasFound = readers.some(({ state }) => state !== 'trouble' && state !== 'searching');
  useSearch(way.isAgain, hasFound);
  const label = t(hasFound ? 'firstRun.next' : 'firstRun.reader.without');
  return (
    <StepSheet title={t('firstRun.reader.title')} way={way} primary={{ label, onClick: way.next }}>
      {readers.length === 0 ? (
        <div className="first-run__search" role="status" data-testid="first-run-searching">
          <ReaderIllustration state="searching" />
          <HelpSteps title={t('firstRun.reader.searching')} steps={t('firstRun.reader.steps')} />
        </div>
      ) : (
        <ul className="first-run__list" aria-live="polite">
          {readers.map((reader) => (
            <Found key={reader.id} reader={reader} />
          ))}
        </ul>
      )}
    </StepSheet>
  );
}
