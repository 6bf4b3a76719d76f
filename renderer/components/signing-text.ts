import type { TFunction } from 'i18next';
import type { Signing } from '../../native-bridge/contract/signing.ts';

/** How a consent was signed, in words of the language of `t`. */
export function signingText(t: TFunction, signing: Signing): string {
  if (signing.kind !== 'attested') return t(`signing.was.${signing.kind}`);
  const { reason, by = '' } = signing;
  return t('signing.was.attested', { by, reason: t(`signing.reason.${reason}`) });
}
