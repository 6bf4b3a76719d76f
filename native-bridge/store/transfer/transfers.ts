import type { Settings } from '../settings.ts';
import type { StoreContext } from '../store-context.ts';
import { carriedAudit } from './carried-record.ts';
import { type Conflict, openConflicts, settleConflict } from './conflicts.ts';
import {
  type ExportReport,
  type ExportRequest,
  exportPackage,
  resumeExport,
  type TransferWork,
} from './export-package.ts';
import {
  importPackage,
  type ImportReport,
  type ImportRequest,
  inspectPackage,
  type PackageView,
} from './import-package.ts';
import { type KnownStation, knownStations, trustStation } from './known-stations.ts';
import { outcomesFor, takeBack } from './outcomes.ts';
import type { CarriedAudit, Planned } from './package-part.ts';
import { bytesOf, recordsFor, type Selection } from './selection.ts';
import { fingerprintOf, nameStation, type PublicStation, stationIdentity } from './station-identity.ts';
import { type ListedTransfer, listTransfers } from './transfer-ledger.ts';

export interface OwnStation extends PublicStation {
  readonly fingerprint: string;
}

/**
 * Carrying sealed records to another station and back. Nothing of it may run while records are being sent: whoever calls
 * `export`, `resume`, `import` or `takeBack` makes the sender rest meanwhile.
 */
export interface Transfers {
  own(): OwnStation;
  rename(name: string): void;
  stations(): KnownStation[];
  trust(station: PublicStation, actor: string): void;
  /** What a package would hold, and about how many bytes. */
  preview(kind: 'copy' | 'hand-over', selection: Selection): { readonly records: Planned[]; readonly bytes: number };
  /** How many records of a station have ended here, for a receipt. */
  outcomesFor(fingerprint: string): number;
  export(request: ExportRequest, work?: TransferWork): Promise<ExportReport>;
  resume(
    request: { readonly id: string; readonly folder: string; readonly actor: string },
    work?: TransferWork,
  ): Promise<ExportReport>;
  inspect(path: string): Promise<PackageView>;
  import(request: ImportRequest, work?: TransferWork): Promise<ImportReport>;
  /** See `takeBack` of the outcomes. */
  takeBack(transferId: string, actor: string): number;
  list(limit: number): ListedTransfer[];
  conflicts(limit: number): Conflict[];
  settleConflict(
    conflict: { readonly recordId: string; readonly contentHash: string },
    reason: string,
    actor: string,
  ): void;
  /** What other stations did with an imported record. */
  carriedAudit(recordId: string): CarriedAudit[];
}

export function createTransfers(context: StoreContext, settings: Settings): Transfers {
  const { database } = context;
  const identity = () => stationIdentity(settings);
  return {
    own: () => {
      const { station } = identity();
      return { ...station, fingerprint: fingerprintOf(station) };
    },
    rename: (name) => nameStation(settings, name),
    stations: () => knownStations(database),
    trust: (station, actor) => trustStation(context, station, actor),
    preview: (kind, selection) => {
      const records = recordsFor(database, kind, selection);
      return { records, bytes: bytesOf(database, records) };
    },
    outcomesFor: (fingerprint) => outcomesFor(database, fingerprint).length,
    export: (request, work) => exportPackage(context, identity(), request, work),
    resume: (request, work) => resumeExport(context, identity(), request, work),
    inspect: (path) => inspectPackage(context, identity(), path),
    import: (request, work) => importPackage(context, identity(), request, work),
    takeBack: (transferId, actor) => takeBack(context, transferId, actor),
    list: (limit) => listTransfers(database, limit),
    conflicts: (limit) => openConflicts(database, limit),
    settleConflict: (conflict, reason, actor) => settleConflict(context, conflict, reason, actor),
    carriedAudit: (recordId) => carriedAudit(database, recordId),
  };
}
