-- The made-up value that left instead of one exact surface of an entity. `mark` is drawn anew
-- for each row, so that a reader can tell whether what it remembers is still what is there.
CREATE TABLE stand_ins (
  id INTEGER PRIMARY KEY,
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  scope_id INTEGER NOT NULL,
  label TEXT NOT NULL,
  form TEXT NOT NULL,
  mark INTEGER NOT NULL DEFAULT (random()),
  UNIQUE (token_id, label)
) STRICT;

CREATE INDEX stand_ins_scope ON stand_ins (scope_id, id);
