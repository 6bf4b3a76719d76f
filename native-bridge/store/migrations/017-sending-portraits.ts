/**
 * The chip's portrait as the platform gets it, a JPEG file: made once, so that a record goes out with the same bytes
 * however often and by whatever version of the program it is sent. It is no part of what was sealed, for it can be made
 * again, and goes with the picture that it was made of.
 */
export const sendingPortraits = `
  CREATE TABLE sending_portraits (
    record_id TEXT PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TRIGGER sending_portrait_never_changed BEFORE UPDATE ON sending_portraits
  BEGIN SELECT RAISE(ABORT, 'what the platform was sent is final'); END;

  CREATE TRIGGER sending_portrait_erased_with_picture AFTER DELETE ON media
  WHEN OLD.kind = 'portrait'
  BEGIN DELETE FROM sending_portraits WHERE record_id = OLD.owner; END;
`;
