/**
 * What is erased leaves a receipt for ever: proof of what it was, without saying who. `person` is a keyed hash of the ID
 * number. A locked record is kept for the statutory period and not used. `confirmed_at` of a receipt and `changed_at` of
 * a record at its end are the same moment, as a record does not change after its end.
 */
export const retention = `
  CREATE TABLE locks (
    record_id TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    locked_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('deletion-wish', 'consent-withdrawn'))
  ) STRICT, WITHOUT ROWID;

  -- Whoever is locked is not found by a search any more.
  CREATE TRIGGER locked_worker_not_found AFTER INSERT ON locks
  BEGIN DELETE FROM workers WHERE record_id = NEW.record_id; END;

  CREATE TABLE withdrawals (
    record_id TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    note TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX records_by_change ON records (changed_at, id);
  CREATE INDEX corrections_of_records ON records (supersedes) WHERE supersedes IS NOT NULL;

  CREATE TABLE receipts (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('draft', 'pictures', 'record')),
    content_hash TEXT,
    sealed_at TEXT,
    confirmed_at TEXT,
    serial TEXT,
    project_code TEXT,
    state TEXT,
    person TEXT,
    reason TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    UNIQUE (id, scope)
  ) STRICT;

  CREATE INDEX receipts_of_person ON receipts (person, project_code);

  CREATE TRIGGER receipt_never_changed BEFORE UPDATE ON receipts
  BEGIN SELECT RAISE(ABORT, 'receipts are final'); END;

  CREATE TRIGGER receipt_never_deleted BEFORE DELETE ON receipts
  BEGIN SELECT RAISE(ABORT, 'receipts are final'); END;

  CREATE TRIGGER record_erased_with_receipt BEFORE DELETE ON records
  WHEN NOT EXISTS (SELECT 1 FROM receipts WHERE id = OLD.id AND scope = 'record')
  BEGIN SELECT RAISE(ABORT, 'an erased record leaves a receipt'); END;

  CREATE TRIGGER record_media_erased_with_receipt BEFORE DELETE ON media
  WHEN EXISTS (SELECT 1 FROM records WHERE id = OLD.owner)
    AND NOT EXISTS (SELECT 1 FROM receipts WHERE id = OLD.owner AND scope IN ('pictures', 'record'))
  BEGIN SELECT RAISE(ABORT, 'erased pictures leave a receipt'); END;
`;
