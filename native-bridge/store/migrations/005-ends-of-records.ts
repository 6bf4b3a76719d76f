/**
 * Ways in which a record's journey can end other than by the platform's word. SQLite cannot change a CHECK, so the
 * table is made anew; the triggers on `records` and `media` name it and have to step aside meanwhile.
 *
 * `supersedes` names the record that this one corrects, `origin` the station that sealed an imported one.
 */
export const endsOfRecords = `
  DROP TRIGGER record_kept_until_confirmed;
  DROP TRIGGER record_media_kept_until_confirmed;

  CREATE TABLE outbox_of_all_ends (
    record_id TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('sealed', 'sending', 'accepted', 'confirmed', 'needs-attention',
      'handed-over', 'withdrawn', 'superseded')),
    attempts INTEGER NOT NULL DEFAULT 0,
    serial TEXT,
    in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
    is_update INTEGER NOT NULL DEFAULT 0 CHECK (is_update IN (0, 1)),
    next_attempt_at TEXT,
    error_code TEXT,
    error_detail TEXT,
    platform_text TEXT
  ) STRICT;
  INSERT INTO outbox_of_all_ends (record_id, state, attempts, serial, in_doubt, is_update, next_attempt_at, error_code,
      error_detail, platform_text)
    SELECT record_id, state, attempts, serial, in_doubt, is_update, next_attempt_at, error_code, error_detail,
      platform_text FROM outbox;
  DROP TABLE outbox;
  ALTER TABLE outbox_of_all_ends RENAME TO outbox;
  CREATE INDEX outbox_by_state ON outbox (state, next_attempt_at);

  ALTER TABLE records ADD COLUMN supersedes TEXT;
  ALTER TABLE records ADD COLUMN origin TEXT;

  CREATE TRIGGER record_origin_never_changed BEFORE UPDATE OF supersedes, origin ON records
  BEGIN SELECT RAISE(ABORT, 'a sealed record is final'); END;

  CREATE TRIGGER record_kept_until_its_end BEFORE DELETE ON records
  WHEN (SELECT state FROM outbox WHERE record_id = OLD.id) NOT IN ('confirmed', 'withdrawn', 'superseded')
  BEGIN SELECT RAISE(ABORT, 'this record has not come to its end'); END;

  CREATE TRIGGER record_media_kept_until_its_end BEFORE DELETE ON media
  WHEN EXISTS (SELECT 1 FROM records JOIN outbox ON record_id = id
    WHERE id = OLD.owner AND state NOT IN ('confirmed', 'withdrawn', 'superseded'))
  BEGIN SELECT RAISE(ABORT, 'this record has not come to its end'); END;
`;
