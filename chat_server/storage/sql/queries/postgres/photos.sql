-- name: waiting_photos
-- Which of these are this person's and wait to be posted. `ids` is a JSON array.
SELECT p.id, p.width, p.height FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN photos AS p ON p.id = CAST(j.value AS BIGINT)
WHERE p.owner_id = :me AND p.thread_id IS NULL AND p.seq IS NULL
    AND NOT EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = p.id);

-- name: known_files
-- Which of these files belong to a photo or to evidence. `names` is a JSON array.
SELECT j.value AS name FROM jsonb_array_elements_text(CAST(:names AS jsonb)) AS j (value)
WHERE EXISTS (SELECT 1 FROM photos AS p WHERE p.full_name = j.value OR p.thumb_name = j.value)
    OR EXISTS (SELECT 1 FROM dispute_evidence AS e WHERE e.full_name = j.value OR e.thumb_name = j.value);
