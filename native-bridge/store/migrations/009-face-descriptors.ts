/**
 * Descriptors of the photos of records, for finding one face under two numbers. There are rows only while a project has
 * that search switched on; the number is the record's own. They go with their record, and with its being taken back or
 * replaced. `AUTOINCREMENT` makes count and newest position together tell every change.
 */
export const faceDescriptors = `
  CREATE TABLE face_descriptors (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL UNIQUE REFERENCES records (id) ON DELETE CASCADE,
    project_code TEXT NOT NULL,
    engine TEXT NOT NULL,
    numbers BLOB NOT NULL CHECK (length(numbers) > 0 AND length(numbers) % 4 = 0)
  ) STRICT;

  CREATE INDEX face_descriptors_of_project ON face_descriptors (project_code, engine, position);

  CREATE TRIGGER face_descriptor_ends_with_record AFTER UPDATE OF state ON outbox
  WHEN NEW.state IN ('withdrawn', 'superseded')
  BEGIN DELETE FROM face_descriptors WHERE owner = NEW.record_id; END;

  CREATE TRIGGER face_descriptor_needs_living_record BEFORE INSERT ON face_descriptors
  WHEN (SELECT state FROM outbox WHERE record_id = NEW.owner) IN ('withdrawn', 'superseded')
  BEGIN SELECT RAISE(IGNORE); END;
`;
