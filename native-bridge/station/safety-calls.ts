import type { RecoveryKeyState, safetyCalls } from '../contract/safety-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import { makeRecoveryKey, readEnvelope, testRecoveryKey } from '../store/key-folder.ts';
import { backupHandlers } from './backup-calls.ts';
import type { RunningStation } from './running-station.ts';

/** All but the change of the data key, for which the station has to be closed. */
export type SafetyHandlers = Pick<Handlers, Exclude<keyof typeof safetyCalls, 'keys.rekey'>>;

export function recoveryKeyState(dataFolder: string): RecoveryKeyState {
  const recovery = readEnvelope(dataFolder)?.current.recovery;
  if (recovery === undefined) return {};
  const { madeAt, testedAt } = recovery;
  return { recovery: { madeAt, ...(testedAt !== undefined && { testedAt }) } };
}

/** Backups, the recovery key and the audit trail. */
export function safetyHandlers(station: RunningStation): SafetyHandlers {
  const { dataFolder, operator } = station;
  const { store, dataKey } = station.parts;
  const note = (action: string) => store.audit.append({ action, subject: 'station', actor: operator() });
  return {
    ...backupHandlers(station),
    'keys.state': async () => recoveryKeyState(dataFolder),
    'keys.make-recovery': async () => {
      const recoveryKey = makeRecoveryKey(dataFolder, dataKey, new Date());
      note('recovery-key.made');
      return { recoveryKey };
    },
    'keys.test-recovery': async ({ recoveryKey }) => {
      testRecoveryKey(dataFolder, dataKey, recoveryKey, new Date());
      note('recovery-key.tested');
      return recoveryKeyState(dataFolder);
    },
    'audit.verify': () => store.audit.verifyInTurns(),
  };
}
