/**
 * Every row carries the hash of the one before it. `audit_head` repeats the last one, so that rows cut off at the end
 * are noticed too. The triggers keep the program itself from altering history; the chain shows when somebody else did.
 */
export const auditTrail = `
  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE INDEX audit_of_subject ON audit (subject, sequence);

  CREATE TABLE audit_head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit rows are final'); END;

  CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit rows are final'); END;

  -- INSERT OR REPLACE would delete without the trigger above.
  CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
  WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
  BEGIN SELECT RAISE(ABORT, 'audit rows follow one another'); END;
`;
