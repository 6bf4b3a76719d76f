/**
 * One row of `workers` for each person (card number) in a project, showing the newest record. The triggers keep it with
 * every way in which a record comes, moves on or goes, so that no code path can forget it. A table that takes the place
 * of `outbox` or `records` in a later migration has to bring their triggers along.
 *
 * `place` orders the workers of a project by their newest record, newest last, and is the row id of the full-text table
 * as well: project number × 2^40 + position of the record. A search is thereby a range of row ids in the order wanted,
 * and needs neither a look at each worker nor sorting.
 *
 * `named` tells whether `worker_names` has the row; the program writes that, as SQL knows no pinyin. `secure-delete`
 * takes an erased name out of the full-text index at once rather than at some later merge.
 *
 * `worker_counts`, `outbox_counts` and `record_states` hold what would otherwise be counted over all rows: the screens
 * ask for it after every seal.
 */
export const workerSearch = `
  CREATE TABLE worker_projects (
    number INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE workers (
    place INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    card_number TEXT NOT NULL,
    record_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    team_name TEXT NOT NULL,
    state TEXT NOT NULL,
    named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1))
  ) STRICT;

  CREATE TABLE worker_counts (
    project INTEGER NOT NULL,
    team_name TEXT NOT NULL,
    state TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (project, team_name, state)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox_counts (
    state TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- The records of each state by the moment of sealing; outbox itself does not know that moment.
  CREATE TABLE record_states (
    state TEXT NOT NULL,
    sealed_at TEXT NOT NULL,
    record_id TEXT NOT NULL,
    PRIMARY KEY (state, sealed_at)
  ) STRICT, WITHOUT ROWID;

  CREATE VIRTUAL TABLE worker_names USING fts5 (name, initials, syllables, tokenize = 'ascii');
  INSERT INTO worker_names (worker_names, rank) VALUES ('secure-delete', 1);

  INSERT INTO worker_projects (code) SELECT DISTINCT project_code FROM records ORDER BY project_code;
  INSERT INTO workers (place, project, card_number, record_id, name, team_name, state)
    SELECT (number << 40) + position, number, card_number, id, name, team_name, state
    FROM (SELECT max(position) AS position FROM records GROUP BY project_code, card_number)
      JOIN records USING (position) JOIN worker_projects ON code = project_code JOIN outbox ON record_id = id;
  INSERT INTO worker_counts SELECT project, team_name, state, count(*) FROM workers GROUP BY project, team_name, state;
  INSERT INTO outbox_counts SELECT state, count(*) FROM outbox GROUP BY state;
  INSERT INTO record_states SELECT state, sealed_at, id FROM records JOIN outbox ON record_id = id;

  CREATE UNIQUE INDEX workers_of_number ON workers (project, card_number);
  CREATE INDEX workers_of_number_end ON workers (project, substr(card_number, -4));
  CREATE INDEX workers_of_team ON workers (project, team_name, place);
  CREATE INDEX workers_of_state ON workers (project, state, place);
  CREATE INDEX workers_not_named ON workers (place) WHERE named = 0;

  CREATE TRIGGER worker_counted AFTER INSERT ON workers
  BEGIN
    INSERT INTO worker_counts VALUES (NEW.project, NEW.team_name, NEW.state, 1)
      ON CONFLICT DO UPDATE SET count = count + 1;
  END;

  CREATE TRIGGER worker_gone AFTER DELETE ON workers
  BEGIN
    UPDATE worker_counts SET count = count - 1
      WHERE project = OLD.project AND team_name = OLD.team_name AND state = OLD.state;
    DELETE FROM worker_names WHERE rowid = OLD.place;
  END;

  CREATE TRIGGER worker_moved AFTER UPDATE OF team_name, state ON workers
  BEGIN
    UPDATE worker_counts SET count = count - 1
      WHERE project = OLD.project AND team_name = OLD.team_name AND state = OLD.state;
    INSERT INTO worker_counts VALUES (NEW.project, NEW.team_name, NEW.state, 1)
      ON CONFLICT DO UPDATE SET count = count + 1;
  END;

  CREATE TRIGGER worker_renamed AFTER UPDATE OF name ON workers WHEN NEW.name <> OLD.name
  BEGIN
    DELETE FROM worker_names WHERE rowid = OLD.place;
    UPDATE workers SET named = 0 WHERE place = NEW.place;
  END;

  CREATE TRIGGER worker_enrolled AFTER INSERT ON outbox
  BEGIN
    INSERT INTO worker_projects (code) SELECT project_code FROM records WHERE id = NEW.record_id
      ON CONFLICT DO NOTHING;
    DELETE FROM workers WHERE (project, card_number) =
      (SELECT number, card_number FROM records JOIN worker_projects ON code = project_code WHERE id = NEW.record_id);
    INSERT INTO workers (place, project, card_number, record_id, name, team_name, state)
      SELECT (number << 40) + position, number, card_number, id, name, team_name, NEW.state
      FROM records JOIN worker_projects ON code = project_code WHERE id = NEW.record_id;
    INSERT INTO outbox_counts VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO record_states SELECT NEW.state, sealed_at, id FROM records WHERE id = NEW.record_id;
  END;

  CREATE TRIGGER worker_state AFTER UPDATE OF state ON outbox WHEN NEW.state <> OLD.state
  BEGIN
    UPDATE workers SET state = NEW.state WHERE record_id = NEW.record_id;
    UPDATE outbox_counts SET count = count - 1 WHERE state = OLD.state;
    INSERT INTO outbox_counts VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
    UPDATE record_states SET state = NEW.state
      WHERE state = OLD.state AND sealed_at = (SELECT sealed_at FROM records WHERE id = NEW.record_id);
  END;

  CREATE TRIGGER outbox_left AFTER DELETE ON outbox
  BEGIN
    UPDATE outbox_counts SET count = count - 1 WHERE state = OLD.state;
  END;

  CREATE TRIGGER record_state_gone AFTER DELETE ON records
  BEGIN
    DELETE FROM record_states WHERE state IN (SELECT state FROM outbox_counts) AND sealed_at = OLD.sealed_at;
  END;

  CREATE TRIGGER worker_of_changed_record AFTER UPDATE OF name, team_name ON records
  BEGIN
    UPDATE workers SET name = NEW.name, team_name = NEW.team_name WHERE record_id = NEW.id;
  END;

  -- The newest record of a person was erased: the one before it stands for the person, if there is one.
  CREATE TRIGGER worker_of_erased_record AFTER DELETE ON records
  WHEN EXISTS (SELECT 1 FROM workers WHERE record_id = OLD.id)
  BEGIN
    DELETE FROM workers WHERE record_id = OLD.id;
    INSERT INTO workers (place, project, card_number, record_id, name, team_name, state)
      SELECT (number << 40) + position, number, card_number, id, name, team_name, state
      FROM records JOIN worker_projects ON code = project_code JOIN outbox ON record_id = id
      WHERE project_code = OLD.project_code AND card_number = OLD.card_number ORDER BY position DESC LIMIT 1;
  END;
`;
