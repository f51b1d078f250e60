-- Two vaults that are joined may each have issued the same token for different people, in scopes
-- of their own. A token is therefore unique in its scope; new ones are still unique in the vault.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE tokens_before AS SELECT * FROM tokens;

DROP TABLE tokens;

CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  scope_id INTEGER NOT NULL REFERENCES scopes (id),
  type TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  letters TEXT NOT NULL,
  entity_id INTEGER REFERENCES entities (id),
  issued_at INTEGER NOT NULL,
  erased_at INTEGER,
  merged_from INTEGER REFERENCES entities (id),
  UNIQUE (type, number, letters, scope_id)
) STRICT;

INSERT INTO tokens (id, scope_id, type, number, letters, entity_id, issued_at, erased_at, merged_from)
  SELECT id, scope_id, type, number, letters, entity_id, issued_at, erased_at, merged_from
  FROM tokens_before;

DROP TABLE tokens_before;

CREATE INDEX tokens_number ON tokens (scope_id, type, number);
CREATE INDEX tokens_letters ON tokens (scope_id, letters);
CREATE INDEX tokens_entity ON tokens (entity_id, scope_id);
CREATE INDEX tokens_merged_from ON tokens (merged_from) WHERE merged_from IS NOT NULL;
