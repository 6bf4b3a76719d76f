/** A face that closes its eyes, or opens its mouth. */
export function FaceActionIcon({ action }: { readonly action: 'blink' | 'open-mouth' }) {
  const closed = 'M6.6 10.4c.9 1 2.3 1 3.2 0M14.2 10.4c.9 1 2.3 1 3.2 0';
  return (
    <svg viewBox="0 0 24 24" className="icon" fill="none" stroke="currentColor" strokeWidth={1.9} aria-hidden="true">
      <ellipse cx="12" cy="12" rx="8.6" ry="9.6" />
      {action === 'blink' ? (
        <path d={`${closed}M9.4 16.5h5.2`} strokeLinecap="round" />
      ) : (
        <>
          <circle cx="8.6" cy="9.6" r=".8" fill="currentColor" />
          <circle cx="15.4" cy="9.6" r=".8" fill="currentColor" />
          <ellipse cx="12" cy="16" rx="2.6" ry="3" />
        </>
      )}
    </svg>
  );
}
