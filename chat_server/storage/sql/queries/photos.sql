-- name: add_photo
-- A photo that was accepted and waits to be posted.
INSERT INTO photos (id, owner_id, full_name, thumb_name, width, height, size, sha256, created_at, thread_id, seq)
VALUES (:id, :owner_id, :full_name, :thumb_name, :width, :height, :size, :sha256, :created_at, NULL, NULL);

-- name: photo_for
-- A photo, if this person may see it: his own that waits, one in a thread of his, of a review for who moderates.
SELECT p.id, p.full_name, p.thumb_name, p.width, p.height FROM photos AS p
LEFT JOIN threads AS t ON t.id = p.thread_id
WHERE p.id = :photo_id AND (
    (p.thread_id IS NULL AND p.seq IS NULL AND p.owner_id = :me)
    OR (CAST(:desk AS BIGINT) > 0 AND EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = p.id)
        AND (CAST(:desk AS BIGINT) = 2 OR EXISTS (
            SELECT 1 FROM agents AS a WHERE a.person_id = :me AND ' ' || a.permissions || ' ' LIKE '% moderate %')))
    OR t.customer_id = :me
    OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me))))
    OR EXISTS (SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me));

-- name: waiting_photos
-- Which of these are this person's and wait to be posted. `ids` is a JSON array.
SELECT p.id, p.width, p.height FROM json_each(:ids) AS j JOIN photos AS p ON p.id = j.value
WHERE p.owner_id = :me AND p.thread_id IS NULL AND p.seq IS NULL
    AND NOT EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = p.id);

-- name: photos_today
-- How many photos and bytes somebody has uploaded since an instant.
SELECT COUNT(*) AS photos, CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes FROM photos WHERE owner_id = :me AND created_at > :since;

-- name: orphaned_photos
-- Uploaded and never posted, or withdrawn and still with files.
SELECT id, full_name, thumb_name, created_at FROM photos
WHERE thread_id IS NULL AND (created_at < :before OR seq = -1)
    AND NOT EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = photos.id)
ORDER BY created_at LIMIT 100;

-- name: empty_photo
-- A withdrawn photo loses its files; its row counts for the day's quota until the day is over.
UPDATE photos SET seq = -2 WHERE id = :photo_id AND thread_id IS NULL AND seq = -1;

-- name: drop_photo
-- Gone, unless it was posted meanwhile.
DELETE FROM photos WHERE id = :photo_id AND thread_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = photos.id);

-- name: known_files
-- Which of these files belong to a photo or to evidence. `names` is a JSON array.
SELECT j.value AS name FROM json_each(:names) AS j
WHERE EXISTS (SELECT 1 FROM photos AS p WHERE p.full_name = j.value OR p.thumb_name = j.value)
    OR EXISTS (SELECT 1 FROM dispute_evidence AS e WHERE e.full_name = j.value OR e.thumb_name = j.value);
