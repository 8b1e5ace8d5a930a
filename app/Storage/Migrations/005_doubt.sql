-- A look after a try whose end nobody knows found nothing: the second look counts, the first may have been at a list that lags.
ALTER TABLE outbox ADD COLUMN absent_at TEXT;

-- Done again after such a try: for a while it is looked whether it stands there twice.
ALTER TABLE outbox ADD COLUMN doubt_at TEXT;
