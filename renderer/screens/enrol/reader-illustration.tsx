import type { ReaderState } from '../../../native-bridge/contract/reader.ts';

function Card({ className }: { readonly className: string }) {
  return (
    <g className={className}>
      <rect x="62" y="22" width="116" height="74" rx="8" className="drawing__card" />
      <rect x="136" y="36" width="30" height="36" rx="3" className="drawing__photo" />
      <circle cx="151" cy="49" r="7" className="drawing__head" />
      <path d="M138 72c1-9 6-13 13-13s12 4 13 13z" className="drawing__head" />
      <path d="M74 40h38M74 51h48M74 62h30M74 82h64" className="drawing__line" />
    </g>
  );
}

function Reader() {
  return (
    <g>
      <path d="M186 150c26 2 30 16 44 16" className="drawing__cable" />
      <path d="M38 128h164l16 22a8 8 0 0 1-6 13H28a8 8 0 0 1-6-13z" className="drawing__body" />
      <path d="M54 134h132l8 12H46z" className="drawing__plate" />
      <circle cx="120" cy="155" r="3.2" className="drawing__light" />
    </g>
  );
}

function Waves() {
  return (
    <g className="drawing__waves">
      <path d="M96 124c6-8 42-8 48 0" />
      <path d="M82 117c12-15 64-15 76 0" />
    </g>
  );
}

/** A reader and the card above it: shows without words what is awaited. */
export function ReaderIllustration({ state }: { readonly state: ReaderState['state'] }) {
  return (
    <svg viewBox="0 0 240 176" className={`drawing drawing--${state}`} aria-hidden="true">
      <Reader />
      {(state === 'ready' || state === 'reading') && <Waves />}
      {state !== 'searching' && state !== 'trouble' && <Card className="drawing__moving" />}
      {state === 'trouble' && (
        <g>
          <circle cx="120" cy="72" r="34" className="drawing__sign" />
          <path d="M120 54v22M120 88v.4" className="drawing__mark" />
        </g>
      )}
      {state === 'searching' && (
        <g className="drawing__search">
          <circle cx="114" cy="66" r="24" />
          <path d="m132 84 18 18" />
        </g>
      )}
    </svg>
  );
}
