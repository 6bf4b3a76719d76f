/**
 * Reports about enrolled workers. They stand on their way by the same columns as records do. Never changed once made:
 * another report is made instead.
 */
export const reports = `
  CREATE TABLE reports (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('entry-exit', 'contract', 'training')),
    project_code TEXT NOT NULL,
    content TEXT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sealed', 'sending', 'accepted', 'confirmed', 'needs-attention', 'withdrawn')),
    attempts INTEGER NOT NULL DEFAULT 0,
    serial TEXT,
    in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
    is_update INTEGER NOT NULL DEFAULT 0 CHECK (is_update IN (0, 1)),
    next_attempt_at TEXT,
    error_code TEXT,
    error_detail TEXT,
    platform_text TEXT
  ) STRICT;

  CREATE INDEX reports_by_state ON reports (state, next_attempt_at);

  CREATE TABLE report_people (
    report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    number TEXT NOT NULL,
    PRIMARY KEY (report_id, number)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX reports_of_person ON report_people (number, report_id);

  CREATE TABLE report_files (
    report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (report_id, place)
  ) STRICT;

  CREATE TRIGGER report_never_changed BEFORE UPDATE OF position, id, kind, project_code, content, made_at ON reports
  BEGIN SELECT RAISE(ABORT, 'a report is final'); END;
`;
