import type { BackupState, RecoveryKeyState, safetyCalls } from '../contract/safety-calls.ts';
import { StationError } from '../contract/errors.ts';
import type { Handlers } from '../rpc/server.ts';
import { makeRecoveryKey, readEnvelope, testRecoveryKey } from '../store/key-folder.ts';
import type { RunningStation } from './running-station.ts';
import { backupFolder, summaryOfBackup } from './station-recovery.ts';

/** All but the change of the data key, for which the station has to be closed. */
export type SafetyHandlers = Pick<Handlers, Exclude<keyof typeof safetyCalls, 'keys.rekey'>>;

function backupState({ backups, dataFolder }: RunningStation): BackupState {
  const trouble = backups?.trouble;
  return {
    kept: backups !== undefined,
    folder: backupFolder(dataFolder),
    running: backups?.isRunning ?? false,
    backups: backups?.backups.map(summaryOfBackup) ?? [],
    ...(trouble && { trouble: { code: trouble.code, detail: trouble.detail } }),
  };
}

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
  const note = (action: string) => store.audit.append({ action, subject: 'station', actor: operator });
  return {
    'backup.state': async () => backupState(station),
    'backup.make': async () => {
      if (station.backups === undefined) throw new StationError('backup.none', 'practice');
      await station.backups.make();
      return backupState(station);
    },
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
