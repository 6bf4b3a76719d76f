import { QRCode } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrintedWorker } from '../../native-bridge/contract/print-calls.ts';
import { usePeopleCodes } from '../client/station-context.tsx';
import { usePractice } from '../client/use-practice.ts';
import { codeName } from '../codes/code-table.ts';
import { pairMember } from '../i18n/language.ts';
import { badgeCode } from './badge-code.ts';
import './badge-sheet.css';
import { nameSize } from './pages.ts';
import { WorkerPhoto } from './worker-photo.tsx';

/** ISO/IEC 7810 ID-1, the size of a bank card, in millimetres: what card holders on a string are made for. */
const card = { width: 85.6, height: 54 } as const;
const page = { width: 210, height: 296.5 } as const;
const columns = 2;
const rows = 5;
/** Length of a cut mark and its distance from the cards, so that it is cut off with the margin. */
const mark = { length: 5, gap: 2 } as const;

const left = (page.width - columns * card.width) / 2;
const top = (page.height - rows * card.height) / 2;

/** Each cut goes through the whole sheet, so it is marked at both ends in the margin. */
function cutMarks(): string {
  const [near, far] = [mark.gap, mark.gap + mark.length];
  const edges = (start: number, size: number, count: number) =>
    Array.from({ length: count + 1 }, (_, index) => (start + index * size).toFixed(2));
  const upright = edges(left, card.width, columns).flatMap((x) => [
    `M${x} ${top - far}V${top - near}`,
    `M${x} ${page.height - top + near}V${page.height - top + far}`,
  ]);
  const level = edges(top, card.height, rows).flatMap((y) => [
    `M${left - far} ${y}H${left - near}`,
    `M${page.width - left + near} ${y}H${page.width - left + far}`,
  ]);
  return [...upright, ...level].join('');
}

const marks = cutMarks();

interface LineProps {
  readonly name: 'number' | 'trade' | 'team';
  readonly value: string | undefined;
}

function Line({ name, value }: LineProps) {
  const { t } = useTranslation();
  if (value === undefined || value === '') return null;
  return (
    <div className={`badge__line badge__line--${name}`}>
      <dt>{t(`print.${name}`)}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface BadgeProps {
  readonly worker: PrintedWorker;
  readonly photo: string | undefined;
}

const Badge = memo(function Badge({ worker, photo }: BadgeProps) {
  const { t, i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  const practice = usePractice();
  const { id, name, workType, teamName, corpName, projectName, serial } = worker;
  return (
    <article className="badge" data-testid="badge">
      <header>
        {practice && <b>{t('print.practice')} </b>}
        {projectName}
      </header>
      <WorkerPhoto className="badge__photo" name={name} url={photo} />
      <strong className={`badge__name badge__name--${nameSize(name)}`}>{name}</strong>
      <dl>
        <Line name="number" value={serial} />
        <Line name="trade" value={codeName(trades, workType, pairMember(i18n.language))} />
        <Line name="team" value={teamName} />
      </dl>
      <QRCode
        className="badge__code"
        value={badgeCode(id)}
        type="svg"
        bordered={false}
        color="#000"
        marginSize={0}
        style={{ width: '19mm', height: '19mm' }}
        role="img"
        aria-label={t('print.codeOf', { name })}
      />
      <footer>{corpName}</footer>
    </article>
  );
});

interface Props {
  readonly workers: readonly PrintedWorker[];
  readonly photos: ReadonlyMap<string, string>;
}

/** Up to ten badges on A4, edge to edge, so that each cut serves two. */
export function BadgeSheet({ workers, photos }: Props) {
  return (
    <>
      <svg className="badges__marks" viewBox={`0 0 ${page.width} ${page.height}`} aria-hidden="true">
        <path d={marks} />
      </svg>
      <div className="badges">
        {workers.map((worker) => (
          <Badge key={worker.id} worker={worker} photo={photos.get(worker.id)} />
        ))}
      </div>
    </>
  );
}
