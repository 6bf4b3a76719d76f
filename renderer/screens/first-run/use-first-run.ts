import type { FirstRunStep } from '../../../native-bridge/contract/first-run.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** Ways through the first set-up. Who names no administrator has no recovery key to keep. */
export interface FirstRunWay {
  readonly next: () => void;
  /** Undefined on the first step. */
  readonly back: (() => void) | undefined;
  readonly go: (step: FirstRunStep) => void;
  readonly finish: () => void;
  /** On a station that has been set up: a step changes nothing by being passed. */
  readonly isAgain: boolean;
}

function ways(step: FirstRunStep, hasAccount: boolean): readonly [FirstRunStep | undefined, FirstRunStep | undefined] {
  const naming = hasAccount ? 'recovery-key' : 'account';
  const order = {
    language: [undefined, naming],
    account: ['language', 'reader'],
    'recovery-key': ['language', 'reader'],
    reader: [naming, 'camera'],
    camera: ['reader', 'project'],
    project: ['camera', undefined],
  } as const;
  return order[step];
}

export function useFirstRunWay(step: FirstRunStep): FirstRunWay {
  const client = useClient();
  const act = useAction();
  const hasAccount = useStation(({ account }) => account?.state === 'signed-in');
  const isAgain = useStation(({ status }) => status?.firstRunAgain === true);
  const [before, after] = ways(step, hasAccount);
  const go = (to: FirstRunStep | undefined) =>
    void act(() => client.call('first-run.go', to === undefined ? {} : { step: to }));
  return { next: () => go(after), back: before && (() => go(before)), go, finish: () => go(undefined), isAgain };
}
