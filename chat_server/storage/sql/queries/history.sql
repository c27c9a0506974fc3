-- name: past_thread
-- A support thread that was over long ago: the demo's past.
INSERT INTO threads (id, kind, customer_id, shop_id, product_id, order_id, state, topic, last_seq, last_posted, last_at, created_at,
    answered, team_id, last_agent_id, episode, staff_at, resolved_at)
VALUES (:id, 'support', :customer_id, NULL, NULL, NULL, 'resolved', 'help', :last_seq, :last_seq, :at, :created_at,
    :last_seq, :team_id, :agent_id, :episode, :at, :at);

-- name: past_episode
-- A run of it with people, with all that became of it.
INSERT INTO episodes (thread_id, number, team_id, agent_id, language, asked_at, cause, first_due, resolve_due, assigned_at,
    answered_at, resolved_at, transfers, csat, comment, rated_at)
VALUES (:thread_id, :number, :team_id, :agent_id, :language, :asked_at, 'wish', :first_due, :resolve_due, :assigned_at,
    :answered_at, :resolved_at, :transfers, :csat, :comment, :rated_at);
