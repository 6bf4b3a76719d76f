/**
 * Who may work at the desk. An account is never deleted, only put out of use: records and the trail name it. What was
 * typed as a name is kept as a digest beside the wrong tries, since people type their password there too.
 */
export const accounts = `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('operator', 'supervisor', 'administrator')),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    password TEXT NOT NULL,
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    password_changed_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE sign_in_tries (
    name_key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    tried_at TEXT NOT NULL
  ) STRICT;

  CREATE TRIGGER account_never_deleted BEFORE DELETE ON accounts
  BEGIN SELECT RAISE(ABORT, 'accounts are put out of use, not deleted'); END;

  CREATE TRIGGER an_administrator_stays BEFORE UPDATE ON accounts
  WHEN OLD.role = 'administrator' AND OLD.active = 1 AND (NEW.role <> 'administrator' OR NEW.active = 0)
    AND (SELECT count(*) FROM accounts WHERE role = 'administrator' AND active = 1) = 1
  BEGIN SELECT RAISE(ABORT, 'the last administrator stays'); END;
`;
