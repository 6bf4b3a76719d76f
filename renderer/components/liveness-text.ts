import { useTranslation } from 'react-i18next';
import type { Liveness } from '../../native-bridge/contract/liveness.ts';

interface LivenessText {
  /** What came of the challenge, with the hints that a person should know of. */
  readonly text: string;
  readonly isGood: boolean;
}

/** Says in words what is known of somebody's having been there in person. */
export function useLivenessText(): (liveness: Liveness) => LivenessText {
  const { t } = useTranslation();
  return ({ challenge, exception, attestation }) => {
    const hints = challenge?.signals.hints ?? [];
    const passed = challenge?.passed === true;
    const parts = [
      ...(challenge === undefined ? [] : [t(passed ? 'liveness.passed' : 'liveness.notPassed')]),
      ...(exception ? [t('liveness.excepted', exception)] : []),
      ...(attestation ? [t('liveness.attested', attestation)] : []),
      ...(hints.length > 0
        ? [t('liveness.hints', { list: hints.map((hint) => t(`liveness.hint.${hint}`)).join(t('seal.separator')) })]
        : []),
    ];
    return { text: parts.join(' · '), isGood: passed && hints.length === 0 };
  };
}
