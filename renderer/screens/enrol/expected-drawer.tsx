import { App, Drawer, Switch, Table } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExpectedWorker } from '../../../native-bridge/contract/expected.ts';
import { useClient, usePeopleCodes } from '../../client/station-context.tsx';
import { codeName } from '../../codes/code-table.ts';
import { useAction } from '../../components/action.ts';
import { DayField } from '../../components/day-field.tsx';
import { ListImport, saveWorkbook } from '../../components/list-import.tsx';
import { useWorkbookWork, WorkbookWork } from '../../components/workbook-work.tsx';
import { pairMember } from '../../i18n/language.ts';
import type { Expected } from './use-expected.ts';

function Mode({ mode }: Pick<Expected, 'mode'>) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const set = (part: Partial<Expected['mode']>) =>
    void act(() => client.call('expected.set-mode', { ...mode, ...part }));
  return (
    <div className="expected__bar">
      <label>
        <Switch checked={mode.on} onChange={(on) => set({ on })} data-testid="whole-team" /> {t('expected.mode')}
      </label>
      <label>
        {t('expected.entryDate')}{' '}
        <DayField
          className="expected__date"
          value={mode.entryDate ?? ''}
          onChange={(day) => set({ entryDate: day === '' ? undefined : day })}
          clearable
        />
      </label>
    </div>
  );
}

function State({ worker }: { readonly worker: ExpectedWorker }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const settle = (samePerson: boolean) => void act(() => client.call('expected.settle', { id: worker.id, samePerson }));
  if (worker.state !== 'doubt') return <>{t(`expected.state.${worker.state}`)}</>;
  return (
    <>
      {t('expected.state.doubt')}{' '}
      <span className="expected__answers">
        <button type="button" className="link-button" onClick={() => settle(true)}>
          {t('expected.same')}
        </button>
        {' · '}
        <button type="button" className="link-button" onClick={() => settle(false)}>
          {t('expected.other')}
        </button>
      </span>
    </>
  );
}

/** Asks before somebody, or with nobody named the whole list, is taken off; who has come stays enrolled. */
function useRemove(): (worker?: ExpectedWorker) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const client = useClient();
  const act = useAction();
  return (worker) =>
    void modal.confirm({
      title: worker === undefined ? t('expected.removeAll') : t('expected.removeOne', { name: worker.name }),
      content: t('expected.removeText'),
      okText: t('expected.remove'),
      okButtonProps: { danger: true },
      cancelText: t('app.cancel'),
      autoFocusButton: 'ok',
      onOk: () => act(() => client.call('expected.remove', worker === undefined ? {} : { id: worker.id })),
    });
}

/** The height that the rows may take, in pixels: what the drawer leaves below the table's head. */
function useRowsHeight() {
  const [height, setHeight] = useState(480);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () =>
      setHeight(element.clientHeight - (element.querySelector('.ant-table-header')?.clientHeight ?? 0));
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return { box, height };
}

/** What a person has to judge comes first, and who is still to come before those who did. */
const places = { doubt: 0, expected: 1, came: 2 } as const;

function Workers({ workers }: Pick<Expected, 'workers'>) {
  const { t, i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  const remove = useRemove();
  const { box, height } = useRowsHeight();
  return (
    <div ref={box} className="expected__table">
      <Table<ExpectedWorker>
        virtual
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ y: height, x: 680 }}
        dataSource={workers.toSorted((a, b) => places[a.state] - places[b.state])}
        locale={{ emptyText: t('expected.empty') }}
        columns={[
          {
            title: t('list.column.name'),
            width: 100,
            render: (_, { name, state }) => <span className={`expected__name--${state}`}>{name}</span>,
          },
          { title: t('list.column.number'), width: 175, render: (_, { maskedNumber }) => maskedNumber },
          {
            title: t('list.column.trade'),
            width: 110,
            render: (_, { workType }) => codeName(trades, workType, pairMember(i18n.language)),
          },
          { title: t('expected.stateTitle'), width: 215, render: (_, worker) => <State worker={worker} /> },
          {
            width: 80,
            render: (_, worker) => (
              <button
                type="button"
                className="link-button"
                aria-label={`${t('expected.remove')} ${worker.name}`}
                onClick={() => remove(worker)}
                data-testid="expected-remove"
              >
                {t('expected.remove')}
              </button>
            ),
          },
        ]}
      />
    </div>
  );
}

interface Props {
  readonly open: boolean;
  readonly expected: Expected;
  readonly onClose: () => void;
}

/** The chosen team's list: who came, who is still expected, and whole-team mode. */
export function ExpectedDrawer({ open, expected, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const { busy, run } = useWorkbookWork();
  const [importing, setImporting] = useState(false);
  const remove = useRemove();
  const { mode, workers, came } = expected;
  return (
    <Drawer open={open} onClose={onClose} title={t('expected.title')} size="46rem" destroyOnHidden>
      <Mode mode={mode} />
      <div className="expected__bar" data-testid="expected-bar">
        <strong className="expected__progress">{t('expected.progress', { came, all: workers.length })}</strong>
        <button type="button" className="plain-button" onClick={() => setImporting(true)} data-testid="expected-import">
          {t('expected.import')}
        </button>
        <button
          type="button"
          className="plain-button"
          disabled={busy || came === workers.length}
          onClick={() => void run(async () => saveWorkbook(await client.call('expected.export', {})))}
        >
          {t('expected.export')}
        </button>
        <button
          type="button"
          className="plain-button plain-button--bad"
          disabled={workers.length === 0}
          onClick={() => remove()}
          data-testid="expected-remove-all"
        >
          {t('expected.removeList')}
        </button>
      </div>
      {!importing && <WorkbookWork busy={busy} subject="expected" />}
      <Workers workers={workers} />
      <ListImport
        open={importing}
        title={t('expected.import')}
        read="expected.read"
        take="expected.take"
        template="expected.template"
        onClose={() => setImporting(false)}
      />
    </Drawer>
  );
}
