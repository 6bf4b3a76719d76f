import { useTranslation } from 'react-i18next';
import type { ConnectionStep } from '../../../native-bridge/contract/platform-calls.ts';
import { useErrorLine } from '../../components/error-text.ts';

const marks = { ok: '✓', warning: '!', trouble: '✕', skipped: '–' } as const;

function useClockText() {
  const { t } = useTranslation();
  return (seconds: number) => {
    if (Math.abs(seconds) < 1) return t('platformLink.clockSame');
    return t(seconds > 0 ? 'platformLink.clockOff' : 'platformLink.clockBehind', { seconds: Math.abs(seconds) });
  };
}

/** What a step found, in words; nothing for one that went well and has nothing to tell. */
function useStepText() {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const clockText = useClockText();
  return ({ step, state, error, seconds, functions = [] }: ConnectionStep): readonly string[] => {
    if (step === 'tls' && state === 'warning') return [t('platformLink.plainHttp')];
    if (step === 'tls' && error) return [t('platformLink.untrusted', { reason: error.detail ?? '' })];
    if (step === 'address' && error) return [t('platformLink.unreachable', { reason: error.detail ?? '' })];
    const may = functions.filter((each) => each.error === undefined).map(({ name }) => name);
    const mayNot = functions.filter((each) => each.error !== undefined).map(({ name }) => name);
    return [
      ...(seconds === undefined ? [] : [clockText(seconds)]),
      ...(error === undefined ? [] : [errorLine(error.code)]),
      ...(may.length === 0 ? [] : [may.join(' · ')]),
      ...(mayNot.length === 0 ? [] : [t('platformLink.mayNot', { names: mayNot.join(' · ') })]),
    ];
  };
}

/** A mark for the eye, the state in words where nothing else is said. */
function Step({ step }: { readonly step: ConnectionStep }) {
  const { t } = useTranslation();
  const found = useStepText()(step);
  const lines = found.length === 0 ? [t(`platformLink.state.${step.state}`)] : found;
  return (
    <li className={`connection-test__${step.state}`} data-testid={`connection-${step.step}`}>
      <span className="connection-test__mark" role="img" aria-label={t(`platformLink.state.${step.state}`)}>
        {marks[step.state]}
      </span>
      <strong>{t(`platformLink.step.${step.step}`)}</strong>
      <span>
        {lines.map((line) => (
          <span key={line} className="connection-test__line">
            {line}
          </span>
        ))}
      </span>
    </li>
  );
}

/** How trying a connection out went, step by step. */
export function ConnectionSteps({ steps }: { readonly steps: readonly ConnectionStep[] }) {
  const { t } = useTranslation();
  return (
    <div className="connection-test" role="status" data-testid="connection-test">
      <h3>
        {t('platformLink.testTitle')} <small>{t('platformLink.testText')}</small>
      </h3>
      <ol>
        {steps.map((each) => (
          <Step key={each.step} step={each} />
        ))}
      </ol>
    </div>
  );
}
