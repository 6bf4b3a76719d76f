import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DiagnosticStep,
  diagnosticStepNames,
  type Examination,
} from '../../../native-bridge/contract/diagnostics-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorLine } from '../../components/error-text.ts';
import { SupportFileButton } from '../../components/support-file-button.tsx';
import './diagnostics-section.css';
import { useFactText } from './fact-text.ts';
import { type ShownStep, StepList, StepProgress } from './step-list.tsx';

const hinted = ['recovery-key', 'key-store', 'readers', 'log'] as const;
type Hinted = (typeof hinted)[number];
const isHinted = (step: string): step is Hinted => (hinted as readonly string[]).includes(step);

/** From so many milliseconds on a step is said to have taken long. */
const longMs = 1000;

/** Why a step is as it is: in the words of its error, else in a hint, besides the figure. */
function useReason(): (step: DiagnosticStep) => string {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const factText = useFactText();
  return ({ step, state, error, fact, tookMs }) => {
    const hint = state === 'warning' && isHinted(step) ? t(`diagnostics.hint.${step}`) : undefined;
    const words = error === undefined ? [hint, fact && factText(fact)] : [errorLine(error.code)];
    const took = tookMs >= longMs ? t('steps.took', { seconds: (tookMs / 1000).toFixed(1) }) : undefined;
    return [...words, took].filter((part) => part !== undefined && part !== '').join(' · ');
  };
}

/** Every step, also those that have not been taken. */
function useShownSteps(): (examination: Examination) => readonly ShownStep[] {
  const { t } = useTranslation();
  const reasonOf = useReason();
  return ({ steps, step: now }) =>
    diagnosticStepNames.map((name, index) => {
      const row = { name, number: index + 1, title: t(`diagnostics.step.${name}`) };
      const found = steps.find(({ step }) => step === name);
      if (found !== undefined)
        return {
          ...row,
          state: found.state,
          stateText: t(`diagnostics.state.${found.state}`),
          reason: reasonOf(found),
        };
      const waits = now === undefined ? 'skipped' : 'waiting';
      const state = name === now ? 'running' : waits;
      return { ...row, state, stateText: t(`steps.state.${state}`) };
    });
}

/** Asked for and then followed by events, so that one that was begun elsewhere, or before this screen was left, is seen as well. */
function useExamination() {
  const client = useClient();
  const act = useAction();
  const [examination, setExamination] = useState<Examination>();
  const [isEnding, setEnding] = useState(false);
  useEffect(() => {
    void client.call('diagnostics.state', {}).then(
      (state) => setExamination((known) => known ?? state.examination),
      () => undefined,
    );
    return client.on('diagnostics.changed', setExamination);
  }, [client]);
  const examine = async () => {
    setEnding(false);
    await act(async () => setExamination(await client.call('diagnostics.examine', {})));
  };
  const cancel = () => {
    setEnding(true);
    void act(() => client.call('diagnostics.cancel', {}));
  };
  return { examination, isRunning: examination?.step !== undefined, isEnding, examine, cancel };
}

function Taken({
  examination,
  isEnding,
  cancel,
}: Pick<ReturnType<typeof useExamination>, 'isEnding' | 'cancel'> & { readonly examination: Examination }) {
  const { t } = useTranslation();
  const shownSteps = useShownSteps();
  const { steps, step, cancelled } = examination;
  const total = diagnosticStepNames.length;
  return (
    <>
      {step === undefined ? (
        <p className="step-outcome" role="status" data-testid="examined">
          {t(cancelled ? 'steps.cancelled' : 'steps.done', { done: steps.length, total })}
        </p>
      ) : (
        <StepProgress number={steps.length + 1} total={total} onCancel={cancel} isEnding={isEnding} />
      )}
      <StepList steps={shownSteps(examination)} mark="diagnostic" />
    </>
  );
}

/** The whole station's examination of itself, and the file for support. */
export function DiagnosticsSection() {
  const { t } = useTranslation();
  const { examination, isRunning, isEnding, examine, cancel } = useExamination();
  return (
    <section className="devices__section" aria-labelledby="devices-diagnostics">
      <h2 id="devices-diagnostics">{t('diagnostics.title')}</h2>
      <div className="diagnostics">
        <header>
          <p>{t('diagnostics.text')}</p>
          <div className="diagnostics__actions">
            <Button type="primary" disabled={isRunning} onClick={() => void examine()} data-testid="examine">
              {t('diagnostics.examine')}
            </Button>
            <SupportFileButton />
          </div>
        </header>
        {examination !== undefined && <Taken examination={examination} isEnding={isEnding} cancel={cancel} />}
      </div>
    </section>
  );
}
