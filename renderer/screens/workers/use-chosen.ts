import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostPrinted } from '../../../native-bridge/contract/print-calls.ts';
import type { StationClient } from '../../../native-bridge/contract/client.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { searchOf, type WorkerFilter } from './use-workers.ts';

/** As many as the station tells at once. */
const pageSize = 200;

/** Ids of all that fit and were not taken back, or undefined when they are more than one order takes. */
async function everyId(client: StationClient, filter: WorkerFilter): Promise<readonly string[] | undefined> {
  const ids: string[] = [];
  for (let after: number | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const page = await client.call('worker.search', searchOf(filter, after, pageSize));
    ids.push(...page.workers.filter(({ state }) => state !== 'withdrawn').map(({ id }) => id));
    after = page.next;
    if (ids.length > mostPrinted) return undefined;
  }
  return ids;
}

export interface Chosen {
  /** In the order in which they were chosen; they stay while something else is searched for. */
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
  readonly chooseAll: (filter: WorkerFilter) => void;
}

/** The workers that are marked, to be printed together. */
export function useChosen(): Chosen {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const take = (wanted: ReadonlySet<string>) => {
    if (wanted.size > mostPrinted) return void message.warning(t('print.tooMany'));
    setIds(wanted);
  };
  const toggle = (id: string) => {
    const others = new Set(ids);
    if (others.delete(id)) return setIds(others);
    take(others.add(id));
  };
  const chooseAll = (filter: WorkerFilter) =>
    void act(async () => {
      const found = await everyId(client, filter);
      if (found === undefined) return void message.warning(t('print.tooMany'));
      take(new Set([...ids, ...found]));
    });
  return { ids, toggle, clear: () => setIds(new Set()), chooseAll };
}
