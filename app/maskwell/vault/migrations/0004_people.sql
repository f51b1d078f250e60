-- The entity a token stood for before that entity was merged into another; NULL otherwise.
ALTER TABLE tokens ADD COLUMN merged_from INTEGER REFERENCES entities (id);

CREATE INDEX tokens_merged_from ON tokens (merged_from) WHERE merged_from IS NOT NULL;
