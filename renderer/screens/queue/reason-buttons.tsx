interface Props<R extends string> {
  readonly reasons: readonly R[];
  readonly text: (reason: R) => string;
  readonly chosen: R | undefined;
  readonly onChoose: (reason: R) => void;
  readonly label: string;
}

/** One of a few reasons, by a click. */
export function ReasonButtons<R extends string>({ reasons, text, chosen, onChoose, label }: Props<R>) {
  return (
    <div className="record-life__reasons" role="group" aria-label={label}>
      {reasons.map((reason) => (
        <button
          key={reason}
          type="button"
          className="filter"
          aria-pressed={reason === chosen}
          onClick={() => onChoose(reason)}
          data-testid={`reason-${reason}`}
        >
          {text(reason)}
        </button>
      ))}
    </div>
  );
}
