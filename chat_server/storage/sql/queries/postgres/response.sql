-- How a JSON array becomes rows differs.

-- name: waiting_texts
-- Messages of one conversation. `seqs` is a JSON array.
SELECT e.seq, e.at, e.text, e.body FROM jsonb_array_elements_text(CAST(:seqs AS jsonb)) AS j (value)
JOIN events AS e ON e.thread_id = :thread_id AND e.seq = CAST(j.value AS BIGINT) ORDER BY e.seq;

-- name: shop_hours_of
-- When shops' people are there. `shops` is a JSON array.
SELECT h.shop_id, h.zone, h.windows, h.holidays, h.auto_reply, h.away_since, h.away_until, h.turns_at, h.revision
FROM jsonb_array_elements_text(CAST(:shops AS jsonb)) AS j (value) JOIN shop_hours AS h ON h.shop_id = CAST(j.value AS BIGINT);
