-- Files that were made safe, or brought back: their names and tokens, never what was in them.
CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sanitised', 'restored')),
  scope_id INTEGER NOT NULL REFERENCES scopes (id),
  name TEXT NOT NULL,
  policy TEXT NOT NULL,
  destination TEXT NOT NULL,
  byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
  digest TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;

CREATE TABLE file_tokens (
  file_id INTEGER NOT NULL REFERENCES files (id),
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  PRIMARY KEY (token_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_tokens_owner ON file_tokens (file_id);

-- A number of a variant is never used again, so that what has seen number n has seen all below.
CREATE TABLE variants_numbered (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  scope_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  label TEXT NOT NULL,
  surface TEXT NOT NULL,
  UNIQUE (token_id, label)
) STRICT;

INSERT INTO variants_numbered SELECT id, token_id, scope_id, type, label, surface FROM variants;

DROP TABLE variants;

ALTER TABLE variants_numbered RENAME TO variants;

CREATE INDEX variants_surface ON variants (scope_id, type, surface);

-- For a value of which neither scope nor type is known: a search, `entity show`.
CREATE INDEX variants_anywhere ON variants (surface COLLATE NOCASE);
