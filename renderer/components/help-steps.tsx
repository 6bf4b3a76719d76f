interface Props {
  readonly title?: string;
  /** The steps, one after another, separated by `|`. */
  readonly steps: string;
}

/** What the operator can do, step by step. */
export function HelpSteps({ title, steps }: Props) {
  return (
    <div className="help-steps">
      {title !== undefined && <h3>{title}</h3>}
      <ol>
        {steps.split('|').map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
