import type {
  BackupState,
  recoveryCalls,
  RecoveryKeyState,
  RecoveryState,
  safetyCalls,
} from '../../native-bridge/contract/safety-calls.ts';
import type { Argument, EventName, Payload, Result } from '../../native-bridge/contract/station.ts';

type SafetyCall = keyof typeof safetyCalls | keyof typeof recoveryCalls;
type SafetyHandlers = { readonly [N in SafetyCall]: (argument: Argument<N>) => Result<N> | Promise<Result<N>> };

interface Station {
  emit<N extends EventName>(name: N, payload: Payload<N>): void;
}

const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
const backup = (hoursAgo: number, records: number) => {
  const takenAt = at(hoursAgo);
  return { name: `station-${takenAt.replaceAll(/[-:.]/g, '')}`, takenAt, records, bytes: records * 127_000 };
};

export const exampleBackups = [backup(0.4, 312), backup(3, 298), backup(26, 240), backup(170, 31)];

/** Backups, keys and the trouble of a data file, of the scripted station. */
export class FakeSafety {
  recovery: RecoveryState = { state: 'open' };
  backups: BackupState = { kept: true, folder: 'D:\\EnrolDesk\\backups', running: false, backups: [...exampleBackups] };
  keys: RecoveryKeyState = {};

  #giveUpRekey: () => void = () => undefined;

  /** Goes on until it is given up. */
  async #rekey(station: Station): Promise<Result<'keys.rekey'>> {
    const bytes = { done: 118e6, total: 281e6, perSecond: 31e6 };
    this.recovery = { state: 'rekeying', percent: 42, bytes, canCancel: true };
    station.emit('recovery.changed', this.recovery);
    await new Promise<void>((resolve) => (this.#giveUpRekey = resolve));
    this.recovery = { state: 'open' };
    station.emit('recovery.changed', this.recovery);
    return { ...this.keys, cancelled: true };
  }

  handlers(station: Station): SafetyHandlers {
    const opened = () => {
      this.recovery = { state: 'open' };
      station.emit('recovery.changed', this.recovery);
      return this.recovery;
    };
    return {
      'backup.state': () => this.backups,
      'backup.make': () => ({ ...this.backups, cancelled: false }),
      'backup.cancel': () => {
        const { percent: _percent, bytes: _bytes, ...rest } = this.backups;
        this.backups = { ...rest, running: false };
        station.emit('backup.changed', this.backups);
        return {};
      },
      'backup.drives': () => ({ drives: [{ path: 'E:\\', label: 'BACKUP E:' }] }),
      'backup.choose-place': ({ place }) => {
        const { second: _former, ...rest } = this.backups;
        this.backups = { ...rest, ...(place !== undefined && { second: { place, isThere: true, sameDisk: false } }) };
        return this.backups;
      },
      'keys.state': () => this.keys,
      'keys.make-recovery': () => {
        this.keys = { recovery: { madeAt: at(0) } };
        return { recoveryKey: '7K2MQ-9XW4F-3HTBA-0PVC8-R6JND-51GEY-ZS4QK-8M2TX' };
      },
      'keys.test-recovery': () => {
        this.keys = { recovery: { madeAt: at(0), testedAt: at(0) } };
        return this.keys;
      },
      'keys.rekey': () => this.#rekey(station),
      'audit.verify': () => ({ rows: 18_204 }),
      'recovery.state': () => this.recovery,
      'recovery.try-again': opened,
      'recovery.restore': () => {
        opened();
        return { salvaged: 2, cancelled: false };
      },
      'recovery.cancel': () => {
        if (this.recovery.state === 'rekeying') {
          this.#giveUpRekey();
          return { cancelled: true };
        }
        const { backups } = this.backups;
        const error = { code: 'store.corrupt' } as const;
        this.recovery = { state: 'closed', error, file: 'station', backups, hasRecoveryKey: false };
        station.emit('recovery.changed', this.recovery);
        return { cancelled: true };
      },
      'recovery.enter-key': opened,
      'recovery.renew-practice': opened,
    };
  }
}
