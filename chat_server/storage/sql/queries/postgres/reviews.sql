-- Only how a JSON array becomes rows differs.

-- name: photos_of_parts
-- Photos of reviews, in their order. `ids` is a JSON array of reviews.
SELECT r.review_id, r.part, r.photo_id, r.public_name, p.width, p.height
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN review_photos AS r ON r.review_id = CAST(j.value AS BIGINT) JOIN photos AS p ON p.id = r.photo_id
ORDER BY r.review_id, r.part, r.place;

-- name: review_cards
-- Reviews with all that lists show of them. `ids` is a JSON array.
SELECT r.id, r.line_id, r.order_id, r.product_id, r.shop_id, s.name AS shop_name, r.buyer_id, b.name AS buyer_name,
    b.country, r.stars, r.rated_at, r.received_at, r.excluded, r.helpful, l.title, l.photo_url
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN reviews AS r ON r.id = CAST(j.value AS BIGINT)
JOIN people AS b ON b.id = r.buyer_id JOIN shops AS s ON s.id = r.shop_id JOIN order_lines AS l ON l.id = r.line_id;

-- name: parts_of_reviews
-- What was written in them. `ids` is a JSON array.
SELECT p.review_id, p.part, p.author_id, p.text, p.language, p.state, p.reason, p.found, p.times, p.sent_at, p.decided_at,
    p.published_at, p.revision
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN review_parts AS p ON p.review_id = CAST(j.value AS BIGINT);

-- name: reviews_of_lines
-- What lines of an order were given. `line_keys` is a JSON array.
SELECT v.id FROM jsonb_array_elements_text(CAST(:line_keys AS jsonb)) AS j (value)
JOIN order_lines AS l ON l.order_id = :order_id AND l.line_key = j.value JOIN reviews AS v ON v.line_id = l.id;

-- name: reports_of_parts
-- What is said of them. `ids` is a JSON array of reviews.
SELECT w.review_id, w.part, w.reporter_id, p.name AS reporter, w.reason, w.text, w.at
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN review_reports AS w ON w.review_id = CAST(j.value AS BIGINT)
    AND w.settled_at IS NULL
JOIN people AS p ON p.id = w.reporter_id ORDER BY w.at;

-- name: ratings_of_buyers
-- What counts of all that some buyers gave a shop, buyer by buyer. `ids` is a JSON array of buyers.
SELECT r.id, r.buyer_id, r.shop_id, r.rated_at, r.stars, r.excluded
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value)
JOIN reviews AS r ON r.shop_id = :shop_id AND r.buyer_id = CAST(j.value AS BIGINT) WHERE r.excluded = '';
