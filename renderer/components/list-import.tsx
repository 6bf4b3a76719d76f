import { Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadList, ReadRow, WorkbookFile } from '../../native-bridge/contract/sheet.ts';
import { useClient } from '../client/station-context.tsx';
import { useAction } from './action.ts';
import './list-import.css';
import { useWorkbookWork, WorkbookWork } from './workbook-work.tsx';
import { saveFile } from './save-file.ts';

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function saveWorkbook({ fileName, bytes }: WorkbookFile): void {
  saveFile(fileName, new Blob([new Uint8Array(bytes)], { type: sheetType }));
}

function ProblemText({ row }: { readonly row: ReadRow }) {
  const { t } = useTranslation();
  if (row.state !== 'wrong') return <>{t(`list.state.${row.state}`)}</>;
  return (
    <>
      {row.problems
        .map(({ column, problem }) => `${t(`list.column.${column}`)}: ${t(`list.problem.${problem}`)}`)
        .join('; ')}
    </>
  );
}

const count = (rows: readonly ReadRow[], state: ReadRow['state']) => rows.filter((row) => row.state === state).length;

/** What was read, the rows that need a look first. */
function Report({ list }: { readonly list: ReadList }) {
  const { t } = useTranslation();
  const { rows } = list;
  const sorted = rows.toSorted((a, b) => Number(b.state === 'wrong') - Number(a.state === 'wrong') || a.row - b.row);
  return (
    <>
      <p className="list-import__sum" role="status" data-testid="list-sum">
        {t('list.sum', { good: count(rows, 'new'), known: count(rows, 'known'), wrong: count(rows, 'wrong') })}
      </p>
      <div className="list-import__rows">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('list.row')}</th>
              <th scope="col">{t('list.column.name')}</th>
              <th scope="col">{t('list.finding')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.row} className={`list-import__row--${row.state}`} data-testid="list-row">
                <td>{row.row}</td>
                <td>
                  {row.name} <small>{row.maskedNumber}</small>
                </td>
                <td>
                  <ProblemText row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly read: 'expected.read' | 'team.read-list';
  readonly take: 'expected.take' | 'team.take-list';
  readonly template: 'expected.template' | 'team.template';
  readonly onClose: () => void;
}

interface FileChoiceProps {
  readonly disabled: boolean;
  readonly onChoose: (file: File | undefined) => void;
}

/** In the words and the size of the page; the browser's own control speaks the system's language. */
function FileChoice({ disabled, onChoose }: FileChoiceProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string>();
  const choose = (chosen: HTMLInputElement) => {
    const [file] = chosen.files ?? [];
    // The same file, mended in the meantime, is a choice again.
    chosen.value = '';
    if (file !== undefined) setName(file.name);
    onChoose(file);
  };
  return (
    <>
      <button type="button" className="plain-button" disabled={disabled} onClick={() => input.current?.click()}>
        {t('list.file')}
      </button>
      <input
        ref={input}
        type="file"
        accept=".xlsx"
        hidden
        onChange={(event) => choose(event.currentTarget)}
        data-testid="list-file"
      />
      {name !== undefined && <span className="list-import__file">{name}</span>}
    </>
  );
}

/** A list from a spreadsheet: template, file, what is wrong row by row, and the good rows taken. */
export function ListImport({ open, title, read, take, template, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [list, setList] = useState<ReadList>();
  const { busy, run } = useWorkbookWork();
  const close = () => {
    if (busy) void client.call('workbook.cancel', {});
    setList(undefined);
    onClose();
  };
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    await run(async () => setList(await client.call(read, { file: new Uint8Array(await file.arrayBuffer()) })));
  };
  const takeGood = async () => {
    if (list !== undefined && (await act(() => client.call(take, { id: list.id })))) close();
  };
  const good = list === undefined ? 0 : count(list.rows, 'new');
  return (
    <Modal
      open={open}
      title={title}
      width="46rem"
      onCancel={close}
      onOk={() => void takeGood()}
      okText={t('list.take', { count: good })}
      okButtonProps={{ disabled: good === 0 }}
      cancelText={t('app.cancel')}
      destroyOnHidden
    >
      <div className="list-import__choose">
        <button
          type="button"
          className="plain-button"
          onClick={() => void act(async () => saveWorkbook(await client.call(template, {})))}
        >
          {t('list.template')}
        </button>
        <FileChoice disabled={busy} onChoose={(file) => void choose(file)} />
      </div>
      <WorkbookWork busy={busy} subject={read === 'expected.read' ? 'expected' : 'teams'} />
      {list && <Report list={list} />}
    </Modal>
  );
}
