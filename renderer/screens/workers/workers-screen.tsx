import { Input, type InputRef, Select } from 'antd';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordState, recordStateSchema } from '../../../native-bridge/contract/enrolment.ts';
import { useClient } from '../../client/station-context.tsx';
import { saveWorkbook } from '../../components/list-import.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { useWorkbookWork, WorkbookWork } from '../../components/workbook-work.tsx';
import { recordOfBadge } from '../../print/badge-code.ts';
import { usePrintKey } from '../../print/print-key.tsx';
import { PrintBar } from './print-bar.tsx';
import { useChosen } from './use-chosen.ts';
import { useTeamNames, useWorkers, type WorkerFilter } from './use-workers.ts';
import { WorkerDrawer } from './worker-drawer.tsx';
import { WorkerTable } from './worker-table.tsx';
import './workers.css';

const PrintDialog = lazy(async () => ({ default: (await import('../../print/print-dialog.tsx')).PrintDialog }));

interface FilterProps {
  readonly filter: WorkerFilter;
  readonly onFilter: (filter: WorkerFilter) => void;
}

function TeamAndState({ filter, onFilter }: FilterProps) {
  const { t } = useTranslation();
  const teams = useTeamNames();
  return (
    <>
      <Select<string>
        className="workers__team"
        value={filter.teamName ?? null}
        placeholder={t('workers.anyTeam')}
        options={teams.map((name) => ({ value: name, label: name }))}
        showSearch
        allowClear
        aria-label={t('workers.team')}
        onChange={(teamName: string | undefined) => onFilter({ ...filter, teamName })}
        data-testid="workers-team"
      />
      <Select<RecordState>
        className="workers__state"
        value={filter.state ?? null}
        placeholder={t('workers.anyState')}
        options={recordStateSchema.options.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        allowClear
        aria-label={t('workers.state')}
        onChange={(state: RecordState | undefined) => onFilter({ ...filter, state })}
        data-testid="workers-state"
      />
    </>
  );
}

function SearchBox({ filter, onFilter }: FilterProps) {
  const { t } = useTranslation();
  const box = useRef<InputRef>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <Input
      ref={box}
      className="workers__search"
      value={filter.text}
      onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      placeholder={t('workers.search')}
      aria-label={t('workers.searchLabel')}
      maxLength={100}
      allowClear
      data-testid="workers-search"
    />
  );
}

interface ExportProps extends Pick<FilterProps, 'filter'> {
  readonly work: ReturnType<typeof useWorkbookWork>;
}

/** Those found as a spreadsheet, with their whole numbers. */
function ExportButton({ filter: { text, teamName, state }, work: { busy, run } }: ExportProps) {
  const { t } = useTranslation();
  const client = useClient();
  const search = { ...(text.trim() !== '' && { text }), ...(teamName && { teamName }), ...(state && { state }) };
  const save = () => run(async () => saveWorkbook(await client.call('worker.export', search)));
  return (
    <button
      type="button"
      className="plain-button"
      disabled={busy}
      onClick={() => void save()}
      data-testid="workers-export"
    >
      {t('list.exportWorkers')}
    </button>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

const everybody: WorkerFilter = { text: '', teamName: undefined, state: undefined };

/** Every person of the project; found by typing, opened by Enter. */
export function WorkersScreen() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(everybody);
  const [chosen, setChosen] = useState(0);
  const [openedId, setOpenedId] = useState<string>();
  const [printed, setPrinted] = useState<readonly string[]>();
  const work = useWorkbookWork();
  const marks = useChosen();
  const found = useWorkers(filter);
  const printMarked = () => setPrinted([...marks.ids]);
  usePrintKey('screen', marks.ids.size > 0 ? printMarked : undefined);
  const ask = (next: WorkerFilter) => {
    const scanned = recordOfBadge(next.text);
    // A badge held before the scanner opens its worker, whatever was being searched for.
    if (scanned !== undefined) setOpenedId(scanned);
    setFilter(scanned === undefined ? next : everybody);
    setChosen(0);
  };
  const open = (index: number) => {
    setChosen(index);
    setOpenedId(found.workers[index]?.id);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const inList = event.target instanceof HTMLElement && event.target.closest('.ant-select') === null;
    if (!inList || event.nativeEvent.isComposing) return;
    const onButton = event.target instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !onButton) open(chosen);
    if (step === undefined) return;
    event.preventDefault();
    setChosen((at) => Math.max(0, Math.min(found.workers.length - 1, at + step)));
  };
  const filtered = filter.text.trim() !== '' || filter.teamName !== undefined || filter.state !== undefined;
  return (
    <section className="workers" aria-labelledby="workers-title" data-testid="workers-screen" onKeyDown={onKey}>
      <header className="workers__head">
        <h1 id="workers-title">{t('workers.title')}</h1>
        <SearchBox filter={filter} onFilter={ask} />
        <TeamAndState filter={filter} onFilter={ask} />
        <ExportButton filter={filter} work={work} />
        <strong className="workers__count" role="status" data-testid="workers-count">
          {found.known && t('workers.count', { count: found.count })}
        </strong>
      </header>
      <WorkbookWork busy={work.busy} subject="workers" />
      {found.trouble !== undefined && (
        <div className="workers__trouble" role="alert">
          <strong>{t('workers.failed')}</strong>
          <span>
            <ErrorSentence code={found.trouble} />
          </span>
          <button type="button" className="plain-button" onClick={found.reload}>
            {t('workers.reload')}
          </button>
        </div>
      )}
      <WorkerTable found={found} filtered={filtered} chosen={chosen} marks={marks} onOpen={open} />
      <PrintBar filter={filter} marks={marks} onPrint={printMarked} />
      <WorkerDrawer
        id={openedId}
        onClose={() => setOpenedId(undefined)}
        // What is looked at already stays: its dialog lies over the worker's details.
        onPrint={(recordId) => setPrinted((before) => before ?? [recordId])}
      />
      {printed !== undefined && (
        <Suspense fallback={null}>
          <PrintDialog ids={printed} onClose={() => setPrinted(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
