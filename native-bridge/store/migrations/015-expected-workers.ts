/**
 * The people whom a team expects, as its list named them. A sealed record ticks off the entry of its card's number,
 * whatever way it came in; a record of the same name under another number, or of an entry without one, is a doubt that a
 * person settles. The entry goes with the last record of its person, also one that was taken back, so that an erased person is in no list
 * either; one
 * whose person never came goes after a time of its own.
 */
export const expectedWorkers = `
  CREATE TABLE expected_workers (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    number TEXT,
    fields TEXT NOT NULL,
    record_id TEXT,
    doubtful_id TEXT,
    listed_at TEXT NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX expected_of_number ON expected_workers (team_id, number) WHERE number IS NOT NULL;
  CREATE INDEX expected_of_team ON expected_workers (team_id, position);
  CREATE INDEX expected_of_anywhere ON expected_workers (number);
  CREATE INDEX expected_of_name ON expected_workers (name);
  CREATE INDEX expected_of_record ON expected_workers (record_id) WHERE record_id IS NOT NULL;
  CREATE INDEX expected_of_doubt ON expected_workers (doubtful_id) WHERE doubtful_id IS NOT NULL;

  CREATE TRIGGER expected_worker_came AFTER INSERT ON outbox
  BEGIN
    UPDATE expected_workers SET record_id = NEW.record_id, doubtful_id = NULL
      WHERE number = (SELECT card_number FROM records WHERE id = NEW.record_id)
        AND team_id IN (SELECT id FROM teams
          WHERE project_code = (SELECT project_code FROM records WHERE id = NEW.record_id));
    UPDATE expected_workers SET doubtful_id = NEW.record_id
      WHERE name = (SELECT name FROM records WHERE id = NEW.record_id) AND record_id IS NULL
        AND number IS NOT (SELECT card_number FROM records WHERE id = NEW.record_id)
        AND team_id IN (SELECT teams.id FROM teams JOIN records USING (project_code, team_name)
          WHERE records.id = NEW.record_id)
        AND NOT EXISTS (SELECT 1 FROM expected_workers AS sure WHERE sure.record_id = NEW.record_id);
  END;

  CREATE TRIGGER expected_worker_withdrawn AFTER UPDATE OF state ON outbox WHEN NEW.state = 'withdrawn'
  BEGIN
    UPDATE expected_workers SET record_id = NULL WHERE record_id = NEW.record_id;
    UPDATE expected_workers SET doubtful_id = NULL WHERE doubtful_id = NEW.record_id;
  END;

  CREATE TRIGGER expected_worker_erased AFTER DELETE ON records
  BEGIN
    DELETE FROM expected_workers WHERE record_id = OLD.id;
    DELETE FROM expected_workers WHERE number = OLD.card_number
      AND team_id IN (SELECT id FROM teams WHERE project_code = OLD.project_code)
      AND NOT EXISTS (SELECT 1 FROM records
        WHERE project_code = OLD.project_code AND card_number = OLD.card_number);
    UPDATE expected_workers SET doubtful_id = NULL WHERE doubtful_id = OLD.id;
  END;
`;
