-- When somebody last asked for a thing, or against it, by their own time: what arrives late is known as overtaken.
CREATE TABLE latest(
    repo INTEGER NOT NULL,
    matter TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (repo, matter)
);

-- A delivery that was put off keeps no other waiting, however many there are.
ALTER TABLE deliveries ADD COLUMN next_at TEXT;
