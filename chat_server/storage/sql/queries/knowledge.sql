-- name: faq_newest
-- The revision of each changed entry that is in force.
SELECT r.entry, r.revision, r.body FROM faq_revisions AS r
WHERE r.revision = (SELECT MAX(x.revision) FROM faq_revisions AS x WHERE x.entry = r.entry)
ORDER BY r.entry;
