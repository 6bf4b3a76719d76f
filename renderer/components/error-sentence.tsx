import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../native-bridge/contract/errors.ts';
import { useErrorText } from './error-text.ts';
import './error-sentence.css';

/** What went wrong and what to do, and the code that support asks for. */
export function ErrorSentence({ code }: { readonly code: ErrorCode }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <>
      {errorText(code)} <small className="error-code">{t('recovery.code', { code })}</small>
    </>
  );
}
