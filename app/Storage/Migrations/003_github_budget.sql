-- What each installation was asked for lately, so that a restart goes on counting.
CREATE TABLE github_spent(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payer TEXT NOT NULL,
    at TEXT NOT NULL,
    points INTEGER NOT NULL,
    content INTEGER NOT NULL
);
CREATE INDEX github_spent_payer ON github_spent(payer, content, at);

-- The silence GitHub asked for.
CREATE TABLE github_pauses(
    payer TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    strikes INTEGER NOT NULL
);

-- Which installation of an App covers a repository.
CREATE TABLE installations(
    app INTEGER NOT NULL,
    repo INTEGER NOT NULL,
    installation INTEGER NOT NULL,
    PRIMARY KEY (app, repo)
);
