import type { ReactNode } from 'react';

interface Props {
  readonly className?: string;
}

const drawn =
  (strokes: ReactNode, width = 1.9) =>
  ({ className }: Props) => (
    <svg
      viewBox="0 0 24 24"
      className={className === undefined ? 'icon' : `icon ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {strokes}
    </svg>
  );

export const EnrolIcon = drawn(
  <>
    <rect x="3" y="5" width="18" height="14" rx="2.4" />
    <circle cx="8.6" cy="10.4" r="1.9" />
    <path d="M5.6 15.8c.4-1.8 1.6-2.7 3-2.7s2.6.9 3 2.7M14.5 9.5h3.6M14.5 13h3.6" />
  </>,
);
export const QueueIcon = drawn(
  <>
    <path d="M12 15V4.5M7.8 8.4 12 4.2l4.2 4.2" />
    <path d="M4 14.5v3.3A2.2 2.2 0 0 0 6.2 20h11.6a2.2 2.2 0 0 0 2.2-2.2v-3.3" />
  </>,
);
export const DevicesIcon = drawn(
  <>
    <path d="M5 4.5h14l1.5 9.5h-17z" />
    <path d="M3.5 14v3.2A2.3 2.3 0 0 0 5.8 19.5h12.4a2.3 2.3 0 0 0 2.3-2.3V14M9 8.5h6M8 16.9h2" />
  </>,
);
export const SettingsIcon = drawn(
  <>
    <path d="M4 7h8.2M16.8 7H20M4 17h3.2M11.8 17H20" />
    <circle cx="14.5" cy="7" r="2.3" />
    <circle cx="9.5" cy="17" r="2.3" />
  </>,
);
export const CheckIcon = drawn(<path d="m4.8 12.8 4.6 4.7L19.4 7" />, 2.8);
export const WarnIcon = drawn(<path d="M12 5v8.6M12 18.6v.1" />, 3);
export const CrossIcon = drawn(<path d="m6 6 12 12M18 6 6 18" />, 2.4);
export const RetakeIcon = drawn(<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.4 8.8M4.2 4.4v4.6h4.6" />, 2.1);
export const ShutterIcon = drawn(
  <>
    <path d="M4 8.5h3.2l1.6-2.6h6.4l1.6 2.6H20a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9.500a1 1 0 0 1 1-1z" />
    <circle cx="12" cy="13.4" r="3.2" />
  </>,
);
export const SpeakerIcon = drawn(
  <path d="M4 9.8v4.4h3.2l4.3 3.6V6.200L7.2 9.800zM15 9.200a4 4 0 0 1 0 5.600M17.7 6.600a7.6 7.6 0 0 1 0 10.8" />,
);
export const StopIcon = drawn(<rect x="6.5" y="6.5" width="11" height="11" rx="1.5" />);
export const LinkIcon = drawn(<path d="M9 5h10v10M19 5 6 18" />, 2.2);
export const CardIcon = drawn(
  <>
    <rect x="3" y="6" width="18" height="12.5" rx="2.2" />
    <path d="M3 10h18M6.5 14.800h5" />
  </>,
);
export const PeopleIcon = drawn(
  <>
    <circle cx="9" cy="8.6" r="3" />
    <path d="M3.6 18.800c.5-3.2 2.6-5 5.4-5s4.9 1.8 5.4 5M15.3 5.900a3 3 0 0 1 0 5.400M17 14.200c1.9.6 3.1 2.2 3.5 4.6" />
  </>,
);
export const TeamsIcon = drawn(
  <>
    <path d="M4.500 12.500a7.500 7.500 0 0 1 15 0M3 12.500h18M10 5.500v4M14 5.500v4" />
    <path d="M6.500 15.500c.6 2.600 2.700 4.500 5.500 4.500s4.900-1.900 5.500-4.500" />
  </>,
);
export const ReportsIcon = drawn(<path d="M4 20h16M6.500 16.500v-5M12 16.500v-11M17.500 16.500v-8" />);
export const ListIcon = drawn(
  <path d="M8.5 6.500H20M8.5 12H20M8.5 17.500H20M4.2 6.500h.1M4.2 12h.1M4.2 17.500h.1" />,
  2.2,
);

/** An arrow to the right; turned by `degrees` clockwise. */
export function ArrowIcon({ degrees }: { readonly degrees: number }) {
  return (
    <svg viewBox="0 0 24 24" className="icon" fill="none" stroke="currentColor" strokeWidth={3} aria-hidden="true">
      <g transform={`rotate(${degrees} 12 12)`} strokeLinecap="round" strokeLinejoin="round">
        <path d="M3.5 12h16M13 5.500l6.5 6.5-6.5 6.5" />
      </g>
    </svg>
  );
}

export const PersonIcon = drawn(
  <>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20c.8-3.9 3.8-6 7.5-6s6.7 2.1 7.5 6" />
  </>,
);

export const ReviewIcon = drawn(
  <>
    <rect x="3" y="4" width="8" height="11" rx="1.5" />
    <rect x="13" y="4" width="8" height="11" rx="1.5" />
    <path d="M7.5 20l3 2.5L17 18" />
  </>,
);
