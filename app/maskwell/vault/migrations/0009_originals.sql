-- The files that copies were made of, where the user's settings keep them, so that a copy that
-- comes back unchanged can be answered with the original. Compressed; a blob is never an edit.
CREATE TABLE originals (
  file_id INTEGER PRIMARY KEY REFERENCES files (id),
  name TEXT NOT NULL,
  replaced INTEGER NOT NULL CHECK (replaced >= 0),
  byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
  content BLOB NOT NULL
) STRICT;

-- How much is kept is asked for at every file, without reading what is kept.
CREATE INDEX originals_bytes ON originals (byte_count);

CREATE INDEX files_digest ON files (digest, scope_id);
