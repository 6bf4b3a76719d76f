/**
 * Certificates that workers hand in, as pictures are kept: owned by an enrolment's id, final once it is sealed, and gone
 * with its pictures. They have a table of their own because the kinds in `media` are fixed, and making that table anew
 * would copy every picture of the station.
 */
export const certificates = `
  CREATE TABLE certificates (
    owner TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TRIGGER record_certificate_never_changed BEFORE UPDATE ON certificates
  WHEN EXISTS (SELECT 1 FROM records WHERE id = OLD.owner)
  BEGIN SELECT RAISE(ABORT, 'the certificate of a sealed record is final'); END;

  CREATE TRIGGER record_certificate_kept_until_its_end BEFORE DELETE ON certificates
  WHEN EXISTS (SELECT 1 FROM records JOIN outbox ON record_id = id
    WHERE id = OLD.owner AND state NOT IN ('confirmed', 'withdrawn', 'superseded'))
  BEGIN SELECT RAISE(ABORT, 'this record has not come to its end'); END;

  CREATE TRIGGER record_certificate_erased_with_receipt BEFORE DELETE ON certificates
  WHEN EXISTS (SELECT 1 FROM records WHERE id = OLD.owner)
    AND NOT EXISTS (SELECT 1 FROM receipts WHERE id = OLD.owner AND scope IN ('pictures', 'record'))
  BEGIN SELECT RAISE(ABORT, 'an erased certificate leaves a receipt'); END;

  CREATE TRIGGER certificate_erased_with_pictures AFTER DELETE ON media
  WHEN NOT EXISTS (SELECT 1 FROM media WHERE owner = OLD.owner)
  BEGIN DELETE FROM certificates WHERE owner = OLD.owner; END;
`;
