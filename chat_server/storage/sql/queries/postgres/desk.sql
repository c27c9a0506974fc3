-- name: desk_cards
-- Support threads with all that the desk's lists show. `ids` is a JSON array; who may see them was asked before.
SELECT t.id, t.revision, t.state, t.customer_id, c.name AS customer_name, c.kind AS customer_kind, c.locale, c.zone, c.country,
    (SELECT COUNT(*) FROM shop_members AS s WHERE s.person_id = t.customer_id) AS shops,
    t.topic, t.team_id, t.agent_id, a.name AS agent_name, t.last_agent_id, l.name AS last_agent_name,
    t.priority, t.labels, t.waiting_since, t.queued_at, t.queue_key, t.assigned_at, t.wake_at, t.resolved_at,
    t.last_seq, t.last_posted, t.last_at, t.created_at, t.note_seq,
    CASE WHEN ep.answered_at IS NULL THEN ep.first_due END AS first_due,
    CASE WHEN ep.resolved_at IS NULL THEN ep.resolve_due END AS resolve_due, ep.csat,
    e.at AS message_at, e.side AS message_side, e.author_id AS message_author, e.text AS message_text,
    e.body AS message_body, e.target AS message_target, e.edited_at AS message_edited,
    e.withdrawn_at AS message_withdrawn, e.client_key AS message_key,
    COALESCE(p.read, 0) AS read,
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM events AS u
        WHERE u.thread_id = t.id AND u.seq > COALESCE(p.read, 0) AND u.kind = 1 AND u.side = 1
        LIMIT 100) AS unread_events) AS unread
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value)
JOIN threads AS t ON t.id = CAST(j.value AS BIGINT)
JOIN people AS c ON c.id = t.customer_id
LEFT JOIN people AS a ON a.id = t.agent_id
LEFT JOIN people AS l ON l.id = t.last_agent_id
LEFT JOIN episodes AS ep ON ep.thread_id = t.id AND ep.number = t.episode
LEFT JOIN events AS e ON e.thread_id = t.id AND e.seq = t.last_posted
LEFT JOIN participants AS p ON p.thread_id = t.id AND p.person_id = :me;
