-- What is kept of conversations and of what left: tokenised text only. `applied` is JSON:
-- [[start, end, action, rendering or null], …], characters of the text beside it.

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope_id INTEGER NOT NULL REFERENCES scopes (id),
  title TEXT NOT NULL,
  title_applied TEXT NOT NULL,
  destination TEXT NOT NULL,
  policy TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX conversations_scope ON conversations (scope_id);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
  text TEXT NOT NULL,
  applied TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('complete', 'partial')),
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX messages_conversation ON messages (conversation_id, id);

-- The words of messages by rowid. It stores no text; rows go in and out with the words that
-- vault/words.py makes of the message. The prefix indexes keep a search for the beginning of a
-- word from reading the postings of hundreds of words.
CREATE VIRTUAL TABLE message_words USING fts5 (
  words, content = '', prefix = '1 2 3 4',
  tokenize = "unicode61 remove_diacritics 2 tokenchars '_'"
);

INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);

-- conversation_id has no foreign key: an entry outlives the conversation it came from.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  destination TEXT NOT NULL,
  reach TEXT NOT NULL,
  model TEXT NOT NULL,
  scope_id INTEGER NOT NULL REFERENCES scopes (id),
  conversation_id INTEGER,
  policy TEXT NOT NULL,
  text TEXT NOT NULL,
  applied TEXT NOT NULL,
  byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'sent', 'failed', 'cancelled')),
  detail TEXT NOT NULL
) STRICT;

CREATE TRIGGER ledger_is_append_only BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_finishes_once BEFORE UPDATE ON ledger
WHEN old.outcome <> 'pending' OR new.outcome = 'pending' OR
  (new.id, new.started_at, new.destination, new.reach, new.model, new.scope_id, new.policy,
   new.text, new.applied, new.byte_count, new.digest) IS NOT
  (old.id, old.started_at, old.destination, old.reach, old.model, old.scope_id, old.policy,
   old.text, old.applied, old.byte_count, old.digest)
BEGIN
  SELECT RAISE (ABORT, 'a ledger entry is finished once');
END;

-- Which tokens a kept text mentions, so that one entity's traces are found without reading all.
CREATE TABLE conversation_tokens (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  PRIMARY KEY (token_id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_tokens_owner ON conversation_tokens (conversation_id);

CREATE TABLE message_tokens (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  PRIMARY KEY (token_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_tokens_owner ON message_tokens (message_id);

CREATE TABLE ledger_tokens (
  ledger_id INTEGER NOT NULL REFERENCES ledger (id),
  token_id INTEGER NOT NULL REFERENCES tokens (id),
  PRIMARY KEY (token_id, ledger_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_tokens_owner ON ledger_tokens (ledger_id);

CREATE TABLE lexicon_terms (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  type TEXT NOT NULL,
  is_pattern INTEGER NOT NULL CHECK (is_pattern IN (0, 1)),
  UNIQUE (text, is_pattern)
) STRICT;

CREATE TABLE lexicon_ignored (
  id INTEGER PRIMARY KEY,
  value TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE credentials (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
