interface Props {
  /** Share of the holding time that has passed, 0..1. */
  readonly progress: number;
  readonly good: boolean;
}

/** Where the face belongs, and a ring that fills while everything holds. Begins at the top, clockwise. */
export function FaceOval({ progress, good }: Props) {
  const path = 'M60 10a37 48 0 0 1 0 96a37 48 0 0 1 0-96';
  return (
    <svg
      viewBox="0 0 120 138"
      className="face-oval"
      aria-hidden="true"
      data-testid="face-oval"
      data-progress={progress.toFixed(2)}
    >
      <path d={path} className="face-oval__shade" />
      <path d={path} className={good ? 'face-oval__guide face-oval__guide--good' : 'face-oval__guide'} />
      <path d={path} pathLength={100} strokeDasharray={`${progress * 100} 200`} className="face-oval__ring" />
    </svg>
  );
}
