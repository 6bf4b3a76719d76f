import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { createPortal } from 'react-dom';
import './paper.css';

/** A picture that cannot be shown leaves its place empty; that must not keep the rest from being printed. */
const shown = (picture: HTMLImageElement) => picture.decode().catch(() => undefined);

interface Props {
  readonly children: ReactNode;
  /** Called once the system's print dialog is closed, whatever came of it. */
  readonly onDone: () => void;
}

/** Prints once what it was given, by the system's own dialog, when all its pictures are there; then tells. */
export function Printing({ children, onDone }: Props) {
  const paper = useRef<HTMLDivElement>(null);
  const done = useEffectEvent(onDone);
  useEffect(() => {
    let isWanted = true;
    const told = () => done();
    window.addEventListener('afterprint', told);
    const pictures = [...(paper.current?.querySelectorAll('img') ?? [])];
    void Promise.all(pictures.map(shown)).then(() => isWanted && window.print());
    return () => {
      isWanted = false;
      window.removeEventListener('afterprint', told);
    };
  }, []);
  return createPortal(
    <div className="paper" ref={paper} data-testid="paper">
      {children}
    </div>,
    document.body,
  );
}
