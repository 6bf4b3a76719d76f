import { useTranslation } from 'react-i18next';
import type { Liveness } from '../../../native-bridge/contract/liveness.ts';
import { FindingLine } from './card-findings.tsx';

/** What the liveness challenge of the photo gave, with the hints that a person should know of. */
export function LivenessLine({ liveness }: { readonly liveness: Liveness }) {
  const { t } = useTranslation();
  const { challenge, exception } = liveness;
  const hints = challenge?.signals.hints ?? [];
  const passed = challenge?.passed === true;
  const said = exception ? t('liveness.excepted', exception) : t(passed ? 'liveness.passed' : 'liveness.notPassed');
  const list = hints.map((hint) => t(`liveness.hint.${hint}`)).join(t('seal.separator'));
  return (
    <FindingLine level={passed && hints.length === 0 ? 'ok' : 'warn'} testId="liveness-line">
      {hints.length === 0 ? said : `${said} · ${t('liveness.hints', { list })}`}
    </FindingLine>
  );
}
