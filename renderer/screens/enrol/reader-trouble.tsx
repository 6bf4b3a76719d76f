import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../native-bridge/contract/errors.ts';
import { HelpSteps } from '../../components/help-steps.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import { useScreenActions } from '../../shell/screen-context.ts';
import { ReaderIllustration } from './reader-illustration.tsx';

type HelpKey = keyof typeof zhEnrol.readerHelp;

const hasHelp = (code: string): code is HelpKey => Object.hasOwn(zhEnrol.readerHelp, code);

/** What is wrong with the reader and what to do about it; goes away by itself with the trouble. */
export function ReaderTrouble({ code }: { readonly code: ErrorCode }) {
  const { t } = useTranslation();
  const { show } = useScreenActions();
  return (
    <div className="waiting waiting--trouble" role="alert" data-testid="reader-trouble" data-code={code}>
      <ReaderIllustration state="trouble" />
      <p className="waiting__title">
        <ErrorSentence code={code} />
      </p>
      <HelpSteps title={t('card.whatToDo')} steps={t(`readerHelp.${hasHelp(code) ? code : 'other'}`)} />
      <button type="button" className="plain-button" onClick={() => show('settings')}>
        {t('card.readerSettings')}
      </button>
    </div>
  );
}
