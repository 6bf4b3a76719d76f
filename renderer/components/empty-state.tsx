import type { ReactNode } from 'react';
import './empty-state.css';

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  /** What would fill it. */
  readonly text?: string | undefined;
  readonly testId: string;
}

/** In a list's place while it has nothing. */
export function EmptyState({ icon, title, text, testId }: Props) {
  return (
    <div className="empty-state" data-testid={testId}>
      {icon}
      <strong>{title}</strong>
      {text !== undefined && <span>{text}</span>}
    </div>
  );
}
