import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useElapsedSeconds, useIsLong } from '../../components/long-work.ts';
import './step-list.css';

export interface ShownStep {
  readonly name: string;
  readonly number: number;
  readonly title: string;
  readonly state: 'waiting' | 'running' | 'ok' | 'warning' | 'trouble' | 'skipped';
  readonly stateText: string;
  readonly reason?: string | undefined;
}

interface ListProps {
  readonly steps: readonly ShownStep[];
  /** Before the name of each step, for tests. */
  readonly mark: string;
}

/** All steps from the beginning, numbered as support names them, so that nothing moves while they are taken. */
export function StepList({ steps, mark }: ListProps) {
  return (
    <ol className="steps">
      {steps.map(({ name, number, title, state, stateText, reason }) => (
        <li key={name} className="step" data-state={state} data-testid={`${mark}-${name}`}>
          <span className="step__number">{number}</span>
          <strong>{title}</strong>
          <span className="step__state">{stateText}</span>
          <span className="step__reason">{reason}</span>
        </li>
      ))}
    </ol>
  );
}

/** A step that waits for a device may take seconds, the others no time: what is left cannot be told, what is over can. */
function Elapsed() {
  const { t } = useTranslation();
  const seconds = useElapsedSeconds();
  return seconds === 0 ? null : <> · {t('steps.elapsed', { count: seconds })}</>;
}

interface ProgressProps {
  readonly number: number;
  readonly total: number;
  readonly onCancel: () => void;
  readonly isEnding: boolean;
}

/** Which step of how many, for how long already, and the way to give it up. */
export function StepProgress({ number, total, onCancel, isEnding }: ProgressProps) {
  const { t } = useTranslation();
  const isLong = useIsLong(true);
  return (
    <div className="step-progress" data-testid="step-progress">
      <progress aria-label={t('steps.label')} value={number - 1} max={total} />
      <span role="status">
        {t(isEnding ? 'steps.ending' : 'steps.progress', { number, total })}
        <Elapsed />
      </span>
      {isLong && (
        <Button onClick={onCancel} disabled={isEnding} data-testid="step-cancel">
          {t('app.cancel')}
        </Button>
      )}
    </div>
  );
}
