import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorCode, errorTable } from '../../native-bridge/contract/errors.ts';
import { pairMember } from '../i18n/language.ts';

/** The sentence of an error code in the language of the screen. */
export function useErrorText(): (code: ErrorCode) => string {
  const { i18n } = useTranslation();
  const member = pairMember(i18n.language);
  return useCallback((code) => errorTable[code][member], [member]);
}

/** The same with the code that support asks for, where a line is made of texts; else `ErrorSentence`. */
export function useErrorLine(): (code: ErrorCode) => string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return useCallback((code) => t('recovery.withCode', { sentence: errorText(code), code }), [t, errorText]);
}
