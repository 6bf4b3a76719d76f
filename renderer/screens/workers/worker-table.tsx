import { Checkbox } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleCodes } from '../../client/station-context.tsx';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { codeName } from '../../codes/code-table.ts';
import { PeopleIcon } from '../../components/icons.tsx';
import { momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';
import { pairMember } from '../../i18n/language.ts';
import type { Chosen } from './use-chosen.ts';
import type { Workers } from './use-workers.ts';

interface RowProps {
  readonly worker: RecordSummary;
  readonly chosen: boolean;
  readonly marked: boolean;
  readonly onOpen: () => void;
  readonly onMark: () => void;
}

function WorkerRow({ worker, chosen, marked, onOpen, onMark }: RowProps) {
  const { t, i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <tr ref={row} aria-selected={chosen} onClick={onOpen} data-testid="worker-row">
      <td className="workers__mark" onClick={(event) => event.stopPropagation()}>
        <Checkbox
          checked={marked}
          onChange={onMark}
          aria-label={t('print.choose', { name: worker.name })}
          data-testid="worker-mark"
        />
      </td>
      <td className="workers__name" title={worker.name}>
        {worker.name}
      </td>
      <td className="workers__number">{worker.maskedNumber}</td>
      <td title={worker.teamName}>{worker.teamName}</td>
      <td>{codeName(trades, worker.workType, pairMember(i18n.language))}</td>
      <td>
        <StateChip state={worker.state} />
      </td>
      <td className="workers__number">{momentText(worker.sealedAt, i18n.language)}</td>
    </tr>
  );
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="workers__empty" data-testid="workers-empty">
      <PeopleIcon />
      <strong>{t(filtered ? 'workers.noMatch' : 'workers.empty')}</strong>
      <span>{t(filtered ? 'workers.noMatchText' : 'workers.emptyText')}</span>
    </div>
  );
}

const columns = ['name', 'number', 'team', 'trade', 'state', 'sealedAt'] as const;

interface Props {
  readonly found: Workers;
  readonly filtered: boolean;
  readonly chosen: number;
  readonly marks: Chosen;
  readonly onOpen: (index: number) => void;
}

/** The workers found; more of them as the end comes into view. */
export function WorkerTable({ found, filtered, chosen, marks, onOpen }: Props) {
  const { t } = useTranslation();
  const scrolled = ({ currentTarget: box }: { readonly currentTarget: HTMLElement }) => {
    if (box.scrollHeight - box.scrollTop < 2 * box.clientHeight) found.loadMore();
  };
  if (found.known && found.workers.length === 0) return <Empty filtered={filtered} />;
  return (
    <div className="workers__table" onScroll={scrolled} tabIndex={0} role="region" aria-label={t('workers.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="workers__column--mark">
              <span className="visually-hidden">{t('print.mark')}</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className={`workers__column--${column}`}>
                {t(`workers.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.workers.map((worker, index) => (
            <WorkerRow
              key={worker.id}
              worker={worker}
              chosen={index === chosen}
              marked={marks.ids.has(worker.id)}
              onOpen={() => onOpen(index)}
              onMark={() => marks.toggle(worker.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
