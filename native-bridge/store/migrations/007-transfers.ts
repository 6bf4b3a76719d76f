/**
 * Carrying records to another station on a medium. `transfers` has one row for each package written or read here, with
 * what is needed to go on with an unfinished one; `handed` marks the records that this package took out of the outbox.
 * The pictures of a conflicting version are in `media`, owned by `<record id>/<content hash>`.
 */
export const transfers = `
  CREATE TABLE transfers (
    id TEXT PRIMARY KEY,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    kind TEXT NOT NULL CHECK (kind IN ('copy', 'hand-over', 'receipt')),
    state TEXT NOT NULL CHECK (state IN ('open', 'complete', 'taken-back')),
    -- Fingerprint of the station at the other end; unknown for a package that is locked by a passphrase alone.
    peer TEXT,
    file_name TEXT NOT NULL,
    head BLOB,
    content_key BLOB,
    started_at TEXT NOT NULL,
    ended_at TEXT
  ) STRICT;

  CREATE TABLE transfer_records (
    transfer_id TEXT NOT NULL REFERENCES transfers (id) ON DELETE CASCADE,
    record_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    handed INTEGER NOT NULL DEFAULT 0 CHECK (handed IN (0, 1)),
    PRIMARY KEY (transfer_id, record_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX transfers_of_record ON transfer_records (record_id);

  CREATE TABLE transfer_stations (
    fingerprint TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    signing_key TEXT NOT NULL,
    sealing_key TEXT NOT NULL,
    trusted_at TEXT NOT NULL,
    trusted_by TEXT NOT NULL
  ) STRICT;

  -- What other stations did with an imported record, as their own trails have it.
  CREATE TABLE transfer_audit (
    record_id TEXT NOT NULL,
    station TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (record_id, station, sequence)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transfer_conflicts (
    record_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    content TEXT NOT NULL,
    sealed_at TEXT NOT NULL,
    transfer_id TEXT NOT NULL,
    station TEXT NOT NULL,
    found_at TEXT NOT NULL,
    settled_at TEXT,
    reason TEXT,
    PRIMARY KEY (record_id, content_hash)
  ) STRICT, WITHOUT ROWID;

  -- Whatever erases a record's pictures, or the record, erases the other version and the other stations' trails too.
  CREATE TRIGGER conflict_erased_with_pictures AFTER DELETE ON media
  WHEN EXISTS (SELECT 1 FROM transfer_conflicts WHERE record_id = OLD.owner)
  BEGIN
    DELETE FROM media WHERE owner IN (
      SELECT record_id || '/' || content_hash FROM transfer_conflicts WHERE record_id = OLD.owner);
    DELETE FROM transfer_conflicts WHERE record_id = OLD.owner;
  END;

  CREATE TRIGGER carried_audit_erased_with_record AFTER DELETE ON records
  BEGIN DELETE FROM transfer_audit WHERE record_id = OLD.id; END;

  -- The same team, added at two stations, has two ids; records keep the one that they were sealed with.
  CREATE TABLE team_aliases (
    alias TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
`;
