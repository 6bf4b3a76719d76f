import { QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { writtenMoment } from '../components/moment.ts';
import './paper.css';
import './printer-test-sheet.css';
import { printerTestCode } from './printer-test-code.ts';

/* Everything in millimetres of the paper; the numbers of this drawing are its places and sizes. */

const page = { width: 210, height: 296.5 } as const;
/** Most office printers leave 3 to 5 mm blank. */
const margins = [3, 5, 10] as const;
const rulerLength = 150;
const from = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Long, middle and short strokes, as on a ruler. */
function strokeLength(mm: number): number {
  if (mm % 10 === 0) return 5;
  return mm % 5 === 0 ? 3.5 : 2;
}

function Margins() {
  return margins.map((margin) => (
    <g key={margin}>
      <rect
        className={margin === 10 ? 'printer-sheet__faint' : 'printer-sheet__line'}
        {...{ x: margin, y: margin, width: page.width - 2 * margin, height: page.height - 2 * margin }}
      />
      <text x={150 + margin * 2} y={page.height - margin - 0.4} fontSize={1.7}>
        {`${margin} mm`}
      </text>
    </g>
  ));
}

interface RulerProps {
  readonly x: number;
  readonly y: number;
  readonly upright?: boolean;
}

function Ruler({ x, y, upright = false }: RulerProps) {
  const stroke = (mm: number) =>
    upright ? `M${x} ${y + mm}h${strokeLength(mm)}` : `M${x + mm} ${y}v${strokeLength(mm)}`;
  const place = (mm: number) => (upright ? { x: x + 6, y: y + mm + 1 } : { x: x + mm, y: y + 8.5 });
  return (
    <g>
      <path
        className="printer-sheet__line"
        d={from(rulerLength + 1)
          .map(stroke)
          .join('')}
      />
      {from(rulerLength / 10 + 1).map((index) => (
        <text key={index} {...place(index * 10)} fontSize={3} textAnchor={upright ? 'start' : 'middle'}>
          {index * 10}
        </text>
      ))}
    </g>
  );
}

/** Eleven steps from white to black. */
function Greys() {
  return from(11).map((step) => (
    <g key={step}>
      <rect
        {...{ x: 32 + step * 14, y: 100, width: 14, height: 18 }}
        fill={`rgb(${from(3)
          .map(() => Math.round(255 * (1 - step / 10)))
          .join(' ')})`}
        stroke="#000"
        strokeWidth={0.1}
      />
      <text x={39 + step * 14} y={122} fontSize={3} textAnchor="middle">
        {`${step * 10}%`}
      </text>
    </g>
  ));
}

/** Widths of lines in millimetres. */
const widths = [0.1, 0.2, 0.3, 0.5, 1] as const;

function Lines() {
  return widths.map((width, index) => (
    <g key={width}>
      <path d={`M32 ${136 + index * 6}h60`} fill="none" stroke="#000" strokeWidth={width} />
      <text x={95} y={137 + index * 6} fontSize={3}>
        {`${width} mm`}
      </text>
    </g>
  ));
}

/** Sizes of type in points; a badge's smallest has six. */
const sizes = [6, 7, 8, 9, 11, 14] as const;
const mmOfPoint = 25.4 / 72;

function Types() {
  return sizes.map((size, index) => (
    <text key={size} x={32} y={182 + index * 8} fontSize={size * mmOfPoint}>
      {`${size} pt 实名采集台 国 0123456789 ABCXYZ`}
    </text>
  ));
}

interface LabelProps {
  readonly y: number;
  readonly x?: number;
  readonly children: string;
}

const Label = ({ x = 32, y, children }: LabelProps) => (
  <text x={x} y={y} fontSize={3.6} fontWeight={600}>
    {children}
  </text>
);

interface Props {
  readonly printedAt: string;
}

/** One page by which a person sees whether paper comes out as badges and registers need it. Nothing on it is of a person. */
export function PrinterTestSheet({ printedAt }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <section className="sheet printer-sheet" data-testid="printer-sheet">
      <svg className="printer-sheet__drawing" viewBox={`0 0 ${page.width} ${page.height}`} role="img">
        <title>{t('printerTest.sheet')}</title>
        <Margins />
        <text x={32} y={28} fontSize={7} fontWeight={700}>
          {t('printerTest.sheet')}
        </text>
        <text x={32} y={36} fontSize={4}>
          {`A4 210 × 297 mm · ${writtenMoment(printedAt, i18n.language)}`}
        </text>
        <Label y={50}>{t('printerTest.on.ruler')}</Label>
        <Ruler x={32} y={56} />
        <Ruler x={16} y={56} upright />
        <Label y={95}>{t('printerTest.on.greys')}</Label>
        <Greys />
        <Label y={131}>{t('printerTest.on.lines')}</Label>
        <Lines />
        <Label y={174}>{t('printerTest.on.type')}</Label>
        <Types />
        <Label x={145} y={174}>
          {t('printerTest.on.code')}
        </Label>
        <Label y={250}>{t('printerTest.on.margins')}</Label>
      </svg>
      <QRCode
        className="printer-sheet__code"
        value={printerTestCode}
        type="svg"
        bordered={false}
        color="#000"
        marginSize={0}
        style={{ width: '30mm', height: '30mm' }}
      />
    </section>
  );
}
