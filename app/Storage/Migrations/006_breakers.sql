-- What was begun in the last minutes, by kind: too much of it is a loop.
CREATE TABLE recent(
    repo INTEGER NOT NULL,
    issue INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX recent_kind ON recent(repo, kind, at);

-- A stop that only a person lifts; of one issue, or of the whole repository.
CREATE TABLE breakers(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    repo INTEGER NOT NULL,
    issue INTEGER,
    why TEXT NOT NULL,
    tripped_at TEXT NOT NULL,
    reset_at TEXT
);
CREATE INDEX breakers_standing ON breakers(repo) WHERE reset_at IS NULL;
