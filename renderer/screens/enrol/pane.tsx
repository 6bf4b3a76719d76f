import type { ReactNode } from 'react';
import { CheckIcon, WarnIcon } from '../../components/icons.tsx';

export type PaneState = 'idle' | 'active' | 'done' | 'trouble';

interface Props {
  readonly name: 'card' | 'live' | 'compare';
  readonly step: number;
  readonly title: string;
  readonly state: PaneState;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

function StepMark({ step, state }: { readonly step: number; readonly state: PaneState }) {
  const mark = { idle: step, active: step, done: <CheckIcon />, trouble: <WarnIcon /> }[state];
  return (
    <span className={`pane__step pane__step--${state}`} aria-hidden="true">
      {mark}
    </span>
  );
}

/** One of the three panes of the Enrol screen; they stay where they are and light up in turn. */
export function Pane({ name, step, title, state, note, children }: Props) {
  return (
    <section
      className={`pane pane--${name} pane--${state}`}
      aria-labelledby={`pane-${name}`}
      data-testid={`pane-${name}`}
      data-state={state}
    >
      <header className="pane__header">
        <StepMark step={step} state={state} />
        <h2 id={`pane-${name}`}>{title}</h2>
        <div className="pane__note">{note}</div>
      </header>
      {children}
    </section>
  );
}
