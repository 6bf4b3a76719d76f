/**
 * `position` is the order of sealing and stays right when the clock is set back; `sealed_at` is unique, so that a list
 * can go on after any row. The triggers hold even against a mistake of ours: a sealed record never changes, and goes
 * only after the platform's final word.
 */
export const recordsAndOutbox = `
  CREATE TABLE records (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    sealed_at TEXT NOT NULL UNIQUE,
    changed_at TEXT NOT NULL,
    project_code TEXT NOT NULL,
    card_number TEXT NOT NULL,
    name TEXT NOT NULL,
    team_name TEXT NOT NULL,
    work_type TEXT,
    band TEXT NOT NULL,
    seconds REAL NOT NULL,
    photo_attempt INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX records_of_number ON records (project_code, card_number, position);

  CREATE TABLE outbox (
    record_id TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('sealed', 'sending', 'accepted', 'confirmed', 'needs-attention')),
    attempts INTEGER NOT NULL DEFAULT 0,
    serial TEXT,
    in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
    is_update INTEGER NOT NULL DEFAULT 0 CHECK (is_update IN (0, 1)),
    next_attempt_at TEXT,
    error_code TEXT,
    error_detail TEXT,
    platform_text TEXT
  ) STRICT;

  CREATE INDEX outbox_by_state ON outbox (state, next_attempt_at);

  CREATE TRIGGER record_never_changed
  BEFORE UPDATE OF position, id, content, content_hash, sealed_at, project_code, card_number ON records
  BEGIN SELECT RAISE(ABORT, 'a sealed record is final'); END;

  CREATE TRIGGER record_kept_until_confirmed BEFORE DELETE ON records
  WHEN (SELECT state FROM outbox WHERE record_id = OLD.id) IS NOT 'confirmed'
  BEGIN SELECT RAISE(ABORT, 'the platform has not confirmed this record'); END;

  CREATE TRIGGER record_media_never_changed BEFORE UPDATE ON media
  WHEN EXISTS (SELECT 1 FROM records WHERE id = OLD.owner)
  BEGIN SELECT RAISE(ABORT, 'the pictures of a sealed record are final'); END;

  CREATE TRIGGER record_media_kept_until_confirmed BEFORE DELETE ON media
  WHEN EXISTS (SELECT 1 FROM records JOIN outbox ON record_id = id WHERE id = OLD.owner AND state <> 'confirmed')
  BEGIN SELECT RAISE(ABORT, 'the platform has not confirmed this record'); END;
`;
