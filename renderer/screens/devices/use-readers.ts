import { useCallback, useEffect, useState } from 'react';
import type { ReaderSettings, SelfTestReport } from '../../../native-bridge/contract/reader.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** The readers' settings, as far as this screen changes them: which reader belongs to the station. */
export function useBinding() {
  const client = useClient();
  const act = useAction();
  const [settings, setSettings] = useState<ReaderSettings>();
  useEffect(() => void act(async () => setSettings((await client.call('settings.get', {})).readers)), [client, act]);
  const bind = useCallback(
    (boundSamNumber: string) =>
      act(async () => {
        const { readers } = await client.call('settings.get', {});
        setSettings((await client.call('settings.set-readers', { ...readers, boundSamNumber })).readers);
      }),
    [client, act],
  );
  return { boundSamNumber: settings?.boundSamNumber, bind };
}

/** One self-test at a time; its report stays until the next one. */
export function useSelfTest() {
  const client = useClient();
  const act = useAction();
  const [testing, setTesting] = useState<string>();
  const [report, setReport] = useState<{ readonly id: string; readonly report: SelfTestReport }>();
  const run = async (id: string) => {
    setTesting(id);
    await act(async () => setReport({ id, report: await client.call('reader.self-test', { id }) }));
    setTesting(undefined);
  };
  return { testing, report, run };
}

export const useReaders = () => useStation(({ readers }) => readers);
