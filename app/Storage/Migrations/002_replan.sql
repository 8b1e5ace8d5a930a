-- A wave whose items may stand differently now.
ALTER TABLE waves ADD COLUMN replan INTEGER NOT NULL DEFAULT 0;
