-- How a JSON array becomes rows differs.

-- name: waiting_texts
-- Messages of one conversation. `seqs` is a JSON array.
SELECT e.seq, e.at, e.text, e.body FROM jsonb_array_elements_text(CAST(:seqs AS jsonb)) AS j (value)
JOIN events AS e ON e.thread_id = :thread_id AND e.seq = CAST(j.value AS BIGINT) ORDER BY e.seq;
