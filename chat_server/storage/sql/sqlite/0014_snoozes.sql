-- What was put aside has a deadline like all else that time ends.
INSERT INTO deadlines (kind, subject_id, due_at, revision)
SELECT 'support.snooze', id, wake_at, revision FROM threads WHERE kind = 'support' AND state = 'snoozed';
