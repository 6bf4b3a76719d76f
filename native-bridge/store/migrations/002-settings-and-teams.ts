export const settingsAndTeams = `
  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE teams (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    project_code TEXT NOT NULL,
    project_name TEXT NOT NULL,
    corp_code TEXT NOT NULL,
    corp_name TEXT NOT NULL,
    team_name TEXT NOT NULL,
    work_type TEXT,
    team_sys_no INTEGER,
    pending_serial TEXT,
    chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),
    UNIQUE (project_code, corp_code, team_name)
  ) STRICT;

  CREATE UNIQUE INDEX one_team_chosen ON teams (chosen) WHERE chosen = 1;
`;
