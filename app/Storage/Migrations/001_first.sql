-- What GitHub sent, whole, before anybody has looked at it.
CREATE TABLE deliveries(
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    action TEXT,
    repo INTEGER,
    installation INTEGER,
    sender TEXT,
    received_at TEXT NOT NULL,
    payload BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'done', 'ignored', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    note TEXT
);
CREATE INDEX deliveries_new ON deliveries(received_at) WHERE state = 'new';

CREATE TABLE repositories(
    id INTEGER PRIMARY KEY,
    full_name TEXT NOT NULL,
    installation INTEGER,
    default_branch TEXT,
    private INTEGER NOT NULL DEFAULT 1,
    suspended INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX repositories_name ON repositories(full_name COLLATE NOCASE);

CREATE TABLE waves(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    repo INTEGER NOT NULL,
    state TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX waves_repo ON waves(repo, state);

CREATE TABLE items(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    wave INTEGER NOT NULL REFERENCES waves(id),
    repo INTEGER NOT NULL,
    issue INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL,
    live INTEGER NOT NULL,
    pull INTEGER,
    data TEXT NOT NULL,
    UNIQUE (repo, issue, generation)
);
CREATE UNIQUE INDEX items_live ON items(repo, issue) WHERE live = 1;
CREATE INDEX items_wave ON items(wave);
CREATE INDEX items_pull ON items(repo, pull) WHERE pull IS NOT NULL;

CREATE TABLE jobs(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL REFERENCES items(id),
    wave INTEGER NOT NULL REFERENCES waves(id),
    repo INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 0,
    runner TEXT,
    lease_ends TEXT,
    not_before TEXT,
    data TEXT NOT NULL
);
CREATE INDEX jobs_item ON jobs(item);
CREATE INDEX jobs_wave ON jobs(wave);
CREATE INDEX jobs_state ON jobs(state, lease_ends);

CREATE TABLE bells(
    job INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL,
    visible_at TEXT NOT NULL
);
CREATE INDEX bells_visible ON bells(visible_at);

CREATE TABLE outbox(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    repo INTEGER NOT NULL,
    wave INTEGER,
    item INTEGER,
    kind TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    data TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'dead')),
    wanted INTEGER NOT NULL DEFAULT 1,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at TEXT NOT NULL,
    intent_at TEXT,
    result TEXT
);
CREATE INDEX outbox_pending ON outbox(next_at) WHERE state = 'pending';
CREATE INDEX outbox_item ON outbox(item) WHERE item IS NOT NULL;
CREATE INDEX outbox_wave ON outbox(wave) WHERE wave IS NOT NULL;

CREATE TABLE events(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    repo INTEGER NOT NULL,
    wave INTEGER,
    item INTEGER,
    job INTEGER,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX events_wave ON events(wave, id);
CREATE INDEX events_item ON events(item, id);

CREATE TABLE runners(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    enrolled_at TEXT NOT NULL,
    last_seen TEXT,
    info TEXT,
    draining INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE holds(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('pause', 'freeze')),
    scope TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    lifted_at TEXT
);
CREATE INDEX holds_standing ON holds(scope) WHERE lifted_at IS NULL;

CREATE TABLE plans(
    wave INTEGER NOT NULL REFERENCES waves(id),
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (wave, revision)
);
