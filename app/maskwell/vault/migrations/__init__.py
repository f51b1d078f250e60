"""The SQL files that bring a vault from one schema version to the next, one number each."""
