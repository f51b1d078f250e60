-- How much each destination was given on a day: counts only, so that a budget holds over
-- restarts. The day counts from 1970-01-01 (UTC); the cost is in millionths of the currency
-- the user counts in.
CREATE TABLE usage (
  destination TEXT NOT NULL,
  day INTEGER NOT NULL,
  tokens INTEGER NOT NULL CHECK (tokens >= 0),
  cost_millionths INTEGER NOT NULL CHECK (cost_millionths >= 0),
  PRIMARY KEY (destination, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_started ON ledger (destination, started_at);
