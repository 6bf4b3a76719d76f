import { App, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeTable, CodeTableName, Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { dayOf } from '../../components/moment.ts';
import { readTableFile } from './table-file.ts';

type Tables = readonly CodeTable[];
type Report = Result<'settings.import-table'>;

/** Lines that are named one by one; whoever sees more has the wrong file or the wrong order of columns. */
const mostShown = 8;

function Origin({ table: { builtInVersion: version, imported } }: { readonly table: CodeTable }) {
  const { t, i18n } = useTranslation();
  if (imported === undefined) return <span>{t('tables.built-in', { version })}</span>;
  const time = dayOf(imported.at, i18n.language);
  return <span>{t('tables.imported', { version, time, count: imported.rows })}</span>;
}

/** Why a file was not taken over, or what in it is doubtful, line by line. */
function RowReport({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const shown = report.problems.slice(0, mostShown);
  const more = report.problemCount - shown.length;
  return (
    <div className="code-tables__report" role="alert" data-testid="table-report">
      <strong>{t(report.applied ? 'tables.questioned' : 'tables.refused', { count: report.problemCount })}</strong>
      <ul>
        {shown.map(({ line, reason }) => (
          <li key={`${line}-${reason}`}>{t('tables.problem', { line, reason: t(`tables.reason.${reason}`) })}</li>
        ))}
        {more > 0 && <li>{t('tables.more', { count: more })}</li>}
      </ul>
    </div>
  );
}

interface FileButtonProps {
  readonly table: CodeTableName;
  readonly onFile: (file: File) => void;
}

function FileButton({ table, onFile }: FileButtonProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const choose = (chosen: HTMLInputElement) => {
    const [file] = chosen.files ?? [];
    if (file !== undefined) onFile(file);
    // The same file, corrected, may be chosen again.
    chosen.value = '';
  };
  return (
    <>
      <Button
        onClick={() => input.current?.click()}
        aria-label={t('tables.importOf', { table: t(`tables.${table}`) })}
        data-testid={`import-${table}`}
      >
        {t('tables.import')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.json"
        onChange={(event) => choose(event.currentTarget)}
        data-testid={`file-${table}`}
      />
    </>
  );
}

interface RowProps {
  readonly table: CodeTable;
  readonly onTables: (tables: Tables) => void;
}

function TableRow({ table, onTables }: RowProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [report, setReport] = useState<Report>();
  const importFile = (file: File) =>
    act(async () => {
      setReport(undefined);
      const answer = await client.call('settings.import-table', {
        table: table.table,
        text: await readTableFile(file),
      });
      onTables(answer.tables);
      if (answer.applied) void message.success(t('tables.applied', { count: answer.rows }));
      if (answer.problemCount > 0) setReport(answer);
    });
  const reset = () =>
    act(async () => {
      onTables((await client.call('settings.reset-table', { table: table.table })).tables);
      setReport(undefined);
      void message.success(t('tables.resetDone'));
    });
  const name = t(`tables.${table.table}`);
  return (
    <div data-testid={`table-${table.table}`}>
      <div className="settings__switch">
        <div>
          <strong>
            {name} · {t('tables.rows', { count: table.rows })}
          </strong>
          <Origin table={table} />
        </div>
        {table.origin === 'imported' && (
          <button
            type="button"
            className="plain-button"
            aria-label={t('tables.resetOf', { table: name })}
            onClick={() => void reset()}
            data-testid={`reset-${table.table}`}
          >
            {t('tables.reset')}
          </button>
        )}
        <FileButton table={table.table} onFile={(file) => void importFile(file)} />
      </div>
      {report !== undefined && <RowReport report={report} />}
    </div>
  );
}

/** The tables that native places and ethnic groups are named by; a newer one can be imported. */
export function CodeTableSettings() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [tables, setTables] = useState<Tables>([]);
  useEffect(() => void act(async () => setTables((await client.call('settings.tables', {})).tables)), [client, act]);
  return (
    <section className="settings__section" data-testid="code-tables">
      <h2>{t('tables.title')}</h2>
      <p>{t('tables.text')}</p>
      {tables.map((table) => (
        <TableRow key={table.table} table={table} onTables={setTables} />
      ))}
    </section>
  );
}
