import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagnosticStep } from '../../../native-bridge/contract/diagnostics-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorText } from '../../components/error-text.ts';
import { SupportFileButton } from '../../components/support-file-button.tsx';
import './diagnostics-section.css';

const hinted = ['recovery-key', 'key-store', 'readers', 'log'] as const;
type Hinted = (typeof hinted)[number];
const isHinted = (step: string): step is Hinted => (hinted as readonly string[]).includes(step);

/** Why a step is as it is: in the words of its error, else in a hint, besides the figure. */
function useReason({ step, state, error, value }: DiagnosticStep): string | undefined {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (error !== undefined) return errorText(error.code);
  if (state !== 'warning' || !isHinted(step)) return value;
  return [t(`diagnostics.hint.${step}`), value].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** One step at a time, numbered as support names it. */
function StepRow({ given }: { readonly given: DiagnosticStep }) {
  const { t } = useTranslation();
  const reason = useReason(given);
  const { number, step, state } = given;
  return (
    <li className="diagnostic-step" data-state={state} data-testid={`diagnostic-${step}`}>
      <span className="diagnostic-step__number">{number}</span>
      <strong>{t(`diagnostics.step.${step}`)}</strong>
      <span className="diagnostic-step__state">{t(`diagnostics.state.${state}`)}</span>
      <span>{reason}</span>
    </li>
  );
}

function useExamination() {
  const client = useClient();
  const act = useAction();
  const [busy, setBusy] = useState(false);
  const [steps, setSteps] = useState<readonly DiagnosticStep[]>();
  const examine = async () => {
    setBusy(true);
    await act(async () => setSteps((await client.call('diagnostics.examine', {})).steps));
    setBusy(false);
  };
  return { busy, steps, examine };
}

/** The whole station's examination of itself, and the file for support. */
export function DiagnosticsSection() {
  const { t } = useTranslation();
  const { busy, steps, examine } = useExamination();
  return (
    <section className="devices__section" aria-labelledby="devices-diagnostics">
      <h2 id="devices-diagnostics">{t('diagnostics.title')}</h2>
      <div className="diagnostics">
        <header>
          <p>{t('diagnostics.text')}</p>
          <div className="diagnostics__actions">
            <Button type="primary" loading={busy} onClick={() => void examine()} data-testid="examine">
              {t('diagnostics.examine')}
            </Button>
            <SupportFileButton />
          </div>
        </header>
        {steps !== undefined && (
          <ol className="diagnostics__steps" aria-live="polite">
            {steps.map((step) => (
              <StepRow key={step.step} given={step} />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}
