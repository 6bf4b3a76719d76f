import { useCallback, useEffect, useState } from 'react';
import type { ReaderSettings, SelfTestReport, SelfTestStep } from '../../../native-bridge/contract/reader.ts';
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

interface Testing {
  readonly id: string;
  readonly steps: readonly SelfTestStep[];
  readonly isEnding: boolean;
}

/** One self-test at a time, whichever page asked for it, followed step by step; its report stays until the next one. */
export function useSelfTest() {
  const client = useClient();
  const act = useAction();
  const [testing, setTesting] = useState<Testing>();
  const [report, setReport] = useState<SelfTestReport>();
  useEffect(() => {
    void client.call('reader.self-tests', {}).then(
      ({ tests: [test] }) => setTesting((now) => now ?? (test && { ...test, isEnding: false })),
      () => undefined,
    );
    return client.on('reader.self-test-changed', ({ id, steps, report: ended }) => {
      if (ended !== undefined) setReport(ended);
      const isOver = ended !== undefined || steps.length === 0;
      setTesting((now) => {
        if (now !== undefined && now.id !== id) return now;
        return isOver ? undefined : { id, steps, isEnding: now?.isEnding ?? false };
      });
    });
  }, [client]);
  const run = async (id: string) => {
    setReport(undefined);
    setTesting({ id, steps: [], isEnding: false });
    await act(async () => setReport(await client.call('reader.self-test', { id })));
    setTesting(undefined);
  };
  const cancel = () => {
    if (testing === undefined) return;
    setTesting({ ...testing, isEnding: true });
    void act(() => client.call('reader.cancel-self-test', { id: testing.id }));
  };
  return { testing, report, run, cancel };
}

export const useReaders = () => useStation(({ readers }) => readers);
