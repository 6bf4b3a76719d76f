import { useEffect, useState } from 'react';
import type { Examination } from '../../native-bridge/contract/diagnostics-calls.ts';
import type { SelfTestStep } from '../../native-bridge/contract/reader.ts';
import type { WorkbookState, WorkbookSubject } from '../../native-bridge/contract/sheet.ts';
import { useClient } from '../client/station-context.tsx';
import type { Screen } from './navigation.tsx';

/** The screens on which a spreadsheet is asked for. */
const screenOf = {
  expected: 'enrol',
  teams: 'teams',
  workers: 'workers',
  statistics: 'reports',
} as const satisfies Record<WorkbookSubject, Screen>;

/** What goes on, by what tells of it, each with the screen that shows how far it is and can end it. */
type Works = Readonly<
  Partial<Record<'backup' | 'transfer' | 'workbook' | 'examination' | `self-test ${string}`, Screen>>
>;

const workbookScreen = ({ progress }: WorkbookState) => progress && screenOf[progress.subject];
const examinationScreen = (examination: Examination | undefined) =>
  examination?.step === undefined ? undefined : ('devices' as const);
const testScreen = (steps: readonly SelfTestStep[]) =>
  steps.some(({ state }) => state === 'running' || state === 'waiting') ? ('devices' as const) : undefined;

/**
 * The screens whose long work goes on at the station, whichever screen is being looked at; asked for once, so that a page
 * that has loaded anew knows of them as well.
 */
export function useRunningWorks(): ReadonlySet<Screen> {
  const client = useClient();
  const [works, setWorks] = useState<Works>({});
  useEffect(() => {
    const note = (work: keyof Works) => (screen: Screen | undefined) =>
      setWorks(({ [work]: _before, ...rest }) => (screen === undefined ? rest : { ...rest, [work]: screen }));
    // What cannot be asked for now is told by the events.
    const ask = (work: keyof Works, question: Promise<Screen | undefined>) =>
      void question.then(note(work), () => undefined);
    const deaf = [
      client.on('backup.changed', ({ running }) => note('backup')(running ? 'settings' : undefined)),
      client.on('transfer.changed', ({ state }) => note('transfer')(state === 'running' ? 'queue' : undefined)),
      client.on('workbook.changed', (state) => note('workbook')(workbookScreen(state))),
      client.on('diagnostics.changed', (now) => note('examination')(examinationScreen(now))),
      client.on('reader.self-test-changed', ({ id, steps }) => note(`self-test ${id}`)(testScreen(steps))),
    ];
    ask(
      'backup',
      client.call('backup.state', {}).then(({ running }) => (running ? 'settings' : undefined)),
    );
    ask(
      'transfer',
      client.call('transfer.state', {}).then(({ job }) => (job?.state === 'running' ? 'queue' : undefined)),
    );
    ask('workbook', client.call('workbook.state', {}).then(workbookScreen));
    ask(
      'examination',
      client.call('diagnostics.state', {}).then(({ examination }) => examinationScreen(examination)),
    );
    void client.call('reader.self-tests', {}).then(
      ({ tests }) => tests.forEach(({ id, steps }) => note(`self-test ${id}`)(testScreen(steps))),
      () => undefined,
    );
    return () => deaf.forEach((off) => off());
  }, [client]);
  return new Set(Object.values(works).filter((screen) => screen !== undefined));
}
