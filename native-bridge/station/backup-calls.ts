import { StationError } from '../contract/errors.ts';
import type { BackupState, backupCalls } from '../contract/safety-calls.ts';
import type { StationStatus } from '../contract/station.ts';
import { lastVerifiedBackupKey, lastVerifiedBackupSchema } from '../contract/gates.ts';
import type { Handlers } from '../rpc/server.ts';
import { backupPlaces, chooseBackupPlace, isSameVolume } from '../store/backup-places.ts';
import type { BackupDesk } from './backup-desk.ts';
import type { RunningStation } from './running-station.ts';
import { summaryOfBackup } from './station-recovery.ts';
import { removableDrives } from './transfer-places.ts';

export type BackupHandlers = Pick<Handlers, keyof typeof backupCalls>;

const troubleOf = ({ trouble }: BackupDesk) => trouble && { code: trouble.code, detail: trouble.detail };

/** Where backups go now, and what lies there. */
export function backupState({ backups, dataFolder }: RunningStation): BackupState {
  const { own, second } = backups?.places ?? backupPlaces(dataFolder);
  const trouble = backups && troubleOf(backups);
  return {
    kept: backups !== undefined,
    folder: second?.isThere === true ? second.folder : own,
    ...(second && {
      second: {
        place: second.place,
        isThere: second.isThere,
        sameDisk: second.isThere && isSameVolume(second.folder, dataFolder),
      },
    }),
    running: backups?.isRunning ?? false,
    ...backups?.progress,
    backups: backups?.backups.map(summaryOfBackup) ?? [],
    ...(trouble && { trouble }),
  };
}

/** What the lamp shows; absent where no backups are made. */
export function backupLamp({ backups, parts }: RunningStation): StationStatus['backup'] {
  if (backups === undefined) return undefined;
  const lastVerifiedAt = parts.store.settings.get(lastVerifiedBackupKey, lastVerifiedBackupSchema);
  const trouble = troubleOf(backups);
  return { away: backups.isAway, ...(lastVerifiedAt && { lastVerifiedAt }), ...(trouble && { trouble }) };
}

function demandKept({ backups }: RunningStation): BackupDesk {
  if (backups === undefined) throw new StationError('backup.none', 'practice');
  return backups;
}

export function backupHandlers(station: RunningStation): BackupHandlers {
  return {
    'backup.state': async () => backupState(station),
    'backup.make': async () => {
      const made = await demandKept(station).make();
      return { ...backupState(station), cancelled: !made };
    },
    'backup.cancel': async () => {
      station.backups?.cancel();
      return {};
    },
    'backup.drives': async () => ({ drives: await removableDrives() }),
    'backup.choose-place': async ({ place }) => {
      const backups = demandKept(station);
      chooseBackupPlace(station.dataFolder, place);
      const { audit } = station.parts.store;
      audit.append({ action: 'backup.place-chosen', subject: 'station', actor: station.operator() });
      await backups.lookAtPlace();
      station.publishStatus();
      return backupState(station);
    },
  };
}
