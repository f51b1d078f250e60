-- Single facts about the vault itself: the audit chain's key, the last whole check.
CREATE TABLE facts (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what in the vault. mac = HMAC-SHA256 (key, previous mac || canonical JSON of
-- [id, at, event, subject, detail]); the last one is anchored in the header file. `subject` and
-- `detail` (JSON) hold tokens, names and numbers, never a real value.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TRIGGER audit_is_append_only BEFORE DELETE ON audit
BEGIN
  SELECT RAISE (ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_stays_as_written BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE (ABORT, 'the audit trail is append-only');
END;

-- What was erased, as the certificate that was given for it (JSON, without the value).
CREATE TABLE erasures (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  erased_at INTEGER NOT NULL,
  certificate TEXT NOT NULL
) STRICT;
