-- Real values stand in entities, variants, name_parts, lexicon_terms, lexicon_ignored and
-- credentials, and nowhere else. Times are milliseconds since 1970, UTC.

-- Random bytes drawn once per vault, from which further keys are derived.
CREATE TABLE seeds (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL CHECK (length(value) = 32)
) STRICT;

INSERT INTO seeds (name, value) VALUES ('scope', randomblob(32));

CREATE TABLE scopes (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  token_key BLOB NOT NULL CHECK (length(token_key) = 32),
  created_at INTEGER NOT NULL,
  keep_days INTEGER CHECK (keep_days > 0)
) STRICT;

CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  key TEXT NOT NULL,
  first_surface TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  merged_into INTEGER REFERENCES entities (id),
  UNIQUE (type, key)
) STRICT;

CREATE INDEX entities_merged ON entities (merged_into) WHERE merged_into IS NOT NULL;

-- A row is never deleted: an erased entity leaves its tokens with entity_id NULL, so that a
-- number is never issued twice and an erased token is known for what it was.
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  scope_id INTEGER NOT NULL REFERENCES scopes (id),
  type TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  letters TEXT NOT NULL,
  entity_id INTEGER REFERENCES entities (id),
  issued_at INTEGER NOT NULL,
  erased_at INTEGER,
  UNIQUE (type, number, letters)
) STRICT;

CREATE INDEX tokens_number ON tokens (scope_id, type, number);
CREATE INDEX tokens_letters ON tokens (scope_id, letters);
CREATE INDEX tokens_entity ON tokens (entity_id, scope_id);

-- scope_id and type repeat the token's: a surface is always looked up within both.
CREATE TABLE variants (
  id INTEGER PRIMARY KEY,
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  scope_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  label TEXT NOT NULL,
  surface TEXT NOT NULL,
  UNIQUE (token_id, label)
) STRICT;

CREATE INDEX variants_surface ON variants (scope_id, type, surface);

CREATE TABLE name_parts (
  scope_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  part TEXT NOT NULL,
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  PRIMARY KEY (scope_id, type, part, token_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX name_parts_token ON name_parts (token_id);
