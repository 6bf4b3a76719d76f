import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Width of the pen line in CSS pixels. */
const penWidth = 2.4;

interface Props {
  /** Tells the signature as PNG after every stroke, undefined once cleared. */
  readonly onChange: (png: Uint8Array | undefined) => void;
}

/** Makes the canvas as fine as the screen, so that the signature is not blurred. */
function prepare(canvas: HTMLCanvasElement): void {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(ratio, ratio);
  Object.assign(pen, { lineWidth: penWidth, lineCap: 'round', lineJoin: 'round', strokeStyle: '#14213a' });
}

async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array | undefined> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob === null ? undefined : new Uint8Array(await blob.arrayBuffer());
}

function drawTo(event: PointerEvent<HTMLCanvasElement>, begin: boolean): void {
  const pen = event.currentTarget.getContext('2d');
  const { offsetX, offsetY } = event.nativeEvent;
  if (begin) {
    event.currentTarget.setPointerCapture(event.pointerId);
    pen?.beginPath();
    pen?.moveTo(offsetX, offsetY);
  } else {
    pen?.lineTo(offsetX, offsetY);
    pen?.stroke();
  }
}

/** A place to sign with mouse, finger or pen. */
export function SignaturePad({ onChange }: Props) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [signed, setSigned] = useState(false);
  useEffect(() => {
    if (canvas.current !== null) prepare(canvas.current);
  }, []);
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return;
    drawTo(event, false);
    setSigned(true);
  };
  const end = async () => {
    if (signed && canvas.current !== null) onChange(await pngOf(canvas.current));
  };
  const clear = () => {
    if (canvas.current !== null) prepare(canvas.current);
    setSigned(false);
    onChange(undefined);
  };
  return (
    <div className="signature">
      <canvas
        ref={canvas}
        data-testid="signature"
        aria-label={t('consent.signature')}
        onPointerDown={(event) => drawTo(event, true)}
        onPointerMove={move}
        onPointerUp={() => void end()}
      />
      {!signed && <span className="signature__hint">{t('consent.signHere')}</span>}
      {signed && (
        <button type="button" className="link-button signature__clear" onClick={clear}>
          {t('consent.clearSignature')}
        </button>
      )}
    </div>
  );
}
