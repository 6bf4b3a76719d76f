/**
 * What a team is besides its name, and where that stands on its way to the platform. `revision` counts the changes made
 * here, `sent_revision` is the one that was sent last: what was changed while the platform was processing goes again.
 */
export const teamDetails = `
  ALTER TABLE teams ADD COLUMN leader_name TEXT;
  ALTER TABLE teams ADD COLUMN leader_phone TEXT;
  ALTER TABLE teams ADD COLUMN remark TEXT;
  ALTER TABLE teams ADD COLUMN entered_on TEXT;
  ALTER TABLE teams ADD COLUMN left_on TEXT;
  ALTER TABLE teams ADD COLUMN number_origin TEXT CHECK (number_origin IN ('sent', 'adopted'));
  ALTER TABLE teams ADD COLUMN delivery TEXT NOT NULL DEFAULT 'rest' CHECK (delivery IN ('rest', 'wanted', 'refused'));
  ALTER TABLE teams ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE teams ADD COLUMN sent_revision INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE teams ADD COLUMN next_attempt_at TEXT;
  ALTER TABLE teams ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE teams ADD COLUMN error_code TEXT;
  ALTER TABLE teams ADD COLUMN error_detail TEXT;
  ALTER TABLE teams ADD COLUMN platform_text TEXT;

  UPDATE teams SET number_origin = 'sent' WHERE team_sys_no IS NOT NULL;

  CREATE TABLE team_files (
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('entry', 'exit')),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (team_id, side, place)
  ) STRICT;
`;
