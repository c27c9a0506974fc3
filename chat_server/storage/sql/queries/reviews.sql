-- name: purchase_of_line
-- A line of an order with what rating it needs to know.
SELECT l.id, l.order_id, o.buyer_id, o.shop_id, o.received_at, p.id AS product_id, l.title, l.photo_url
FROM order_lines AS l JOIN orders AS o ON o.id = l.order_id
LEFT JOIN products AS p ON p.external_id = l.product_key
WHERE l.id = :line_id AND l.order_id = :order_id;

-- name: review_by_id
-- A review.
SELECT id, line_id, order_id, product_id, shop_id, buyer_id, stars, rated_at, received_at, excluded, helpful
FROM reviews WHERE id = :review_id;

-- name: review_of_line
-- What was said of a line.
SELECT id FROM reviews WHERE line_id = :line_id;

-- name: parts_of_review
-- What was written in a review.
SELECT review_id, part, author_id, text, language, state, reason, found, times, sent_at, decided_at, published_at, revision
FROM review_parts WHERE review_id = :review_id ORDER BY part;

-- name: ratings_of_pair
-- What one buyer gave one shop, over all time.
SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews
WHERE shop_id = :shop_id AND buyer_id = :buyer_id ORDER BY rated_at, id;

-- name: pair_revision
-- How often the ratings of a pair have changed.
SELECT revision FROM rating_pairs WHERE shop_id = :shop_id AND buyer_id = :buyer_id;

-- name: touch_pair
-- First of the statements that change the ratings of a pair: of two who do, one looks anew.
INSERT INTO rating_pairs (shop_id, buyer_id, revision) VALUES (:shop_id, :buyer_id, 1)
ON CONFLICT (shop_id, buyer_id) DO UPDATE SET revision = rating_pairs.revision + 1 WHERE rating_pairs.revision = :seen;

-- name: add_review
-- The stars of a line, once; the unique index refuses a second time.
INSERT INTO reviews (id, line_id, order_id, product_id, shop_id, buyer_id, stars, rated_at, received_at, excluded, helpful,
    shown_at, photos, language)
VALUES (:review_id, :line_id, :order_id, :product_id, :shop_id, :buyer_id, :stars, :at, :received_at, :excluded, 0, NULL, 0, '');

-- name: exclude_review
-- A rating counts no more, or again.
UPDATE reviews SET excluded = :excluded WHERE id = :review_id AND excluded = :before;

-- name: move_day
-- A shop's figures of one date.
INSERT INTO rating_days (shop_id, day, positive, neutral, negative) VALUES (:shop_id, :day, :positive, :neutral, :negative)
ON CONFLICT (shop_id, day) DO UPDATE SET
    positive = rating_days.positive + excluded.positive,
    neutral = rating_days.neutral + excluded.neutral,
    negative = rating_days.negative + excluded.negative;

-- name: count_stars
-- A product was given so many stars once more.
INSERT INTO product_stars (product_id, stars, ratings) VALUES (:product_id, :stars, :ratings)
ON CONFLICT (product_id, stars) DO UPDATE SET ratings = product_stars.ratings + excluded.ratings;

-- name: send_part
-- Words for the first time; the primary key refuses a second one.
INSERT INTO review_parts (review_id, part, author_id, text, language, state, reason, found, times, sent_at, revision)
VALUES (:review_id, :part, :me, :text, :language, 'pending', '', :found, 1, :at, 1);

-- name: keep_part
-- What a refused part said.
INSERT INTO review_versions (review_id, part, times, text, reason, sent_at)
SELECT review_id, part, times, text, reason, sent_at FROM review_parts
WHERE review_id = :review_id AND part = :part AND state = 'refused' AND revision = :revision;

-- name: send_part_again
-- New words in the place of those that were refused.
UPDATE review_parts SET author_id = :me, text = :text, language = :language, state = 'pending', reason = '', found = :found,
    times = times + 1, sent_at = :at, revision = revision + 1
WHERE review_id = :review_id AND part = :part AND state = 'refused' AND revision = :revision;

-- name: drop_part_photos
-- Photos of words that were refused make way.
DELETE FROM review_photos WHERE review_id = :review_id AND part = :part;

-- name: claim_review_photo
-- A photo belongs to one part of one review, of who uploaded it.
INSERT INTO review_photos (photo_id, review_id, part, place, public_name)
SELECT p.id, CAST(:review_id AS BIGINT), CAST(:part AS TEXT), CAST(:place AS BIGINT), NULL FROM photos AS p
WHERE p.id = :photo_id AND p.owner_id = :me AND p.thread_id IS NULL AND p.seq IS NULL;

-- name: decide_part
-- A moderator's decision about what he has seen: another revision, and somebody was faster.
UPDATE review_parts SET state = :state, reason = :reason, decided_at = :at, decided_by = :me,
    published_at = CASE WHEN CAST(:state AS TEXT) = 'published' THEN COALESCE(published_at, :at) ELSE published_at END,
    revision = revision + 1
WHERE review_id = :review_id AND part = :part AND revision = :revision AND state = :before;

-- name: hold_review
-- Of two decisions about a review the later one sees what the earlier one has made of another part.
UPDATE reviews SET helpful = helpful WHERE id = :review_id;

-- name: count_text
-- What there is to read about a product, after what has just become of a review's parts. It is counted once, in the
-- language of its text, or of its follow-up where no text is shown: `text` is the greater name of the two.
INSERT INTO product_texts (product_id, language, texts)
SELECT moved.product_id, moved.language, SUM(moved.texts) FROM (
    SELECT product_id, language, -1 AS texts FROM reviews WHERE id = :review_id AND shown_at IS NOT NULL
    UNION ALL
    SELECT r.product_id, p.language, 1 AS texts FROM reviews AS r JOIN review_parts AS p ON p.review_id = r.id
    WHERE r.id = :review_id AND p.part = (
        SELECT MAX(w.part) FROM review_parts AS w
        WHERE w.review_id = r.id AND w.state = 'published' AND w.part IN ('text', 'followup'))) AS moved
WHERE moved.product_id IS NOT NULL GROUP BY moved.product_id, moved.language HAVING SUM(moved.texts) <> 0
ORDER BY moved.language
ON CONFLICT (product_id, language) DO UPDATE SET texts = product_texts.texts + excluded.texts;

-- name: show_review
-- Where it stands in lists follows the same part: since when it is to be seen, in which language, with how many photos.
UPDATE reviews SET (shown_at, language, photos) = (
    SELECT MIN(p.published_at), COALESCE(MIN(p.language), ''), COUNT(f.photo_id)
    FROM review_parts AS p LEFT JOIN review_photos AS f ON f.review_id = p.review_id AND f.part = p.part
    WHERE p.review_id = reviews.id AND p.part = (
        SELECT MAX(w.part) FROM review_parts AS w
        WHERE w.review_id = reviews.id AND w.state = 'published' AND w.part IN ('text', 'followup')))
WHERE id = :review_id;

-- name: name_photo
-- A published photo gets a public name of its own; a hidden one loses it.
UPDATE review_photos SET public_name = :public_name WHERE photo_id = :photo_id;

-- name: photos_of_parts
-- Photos of reviews, in their order. `ids` is a JSON array of reviews.
SELECT r.review_id, r.part, r.photo_id, r.public_name, p.width, p.height
FROM json_each(:ids) AS j JOIN review_photos AS r ON r.review_id = j.value JOIN photos AS p ON p.id = r.photo_id
ORDER BY r.review_id, r.part, r.place;

-- name: public_photo
-- A photo by its public name.
SELECT p.id, p.full_name, p.thumb_name, p.width, p.height
FROM review_photos AS r JOIN photos AS p ON p.id = r.photo_id WHERE r.public_name = :name;

-- name: rate_order
-- How the shop did, once an order.
INSERT INTO order_ratings (order_id, shop_id, described, communication, shipping, rated_at)
VALUES (:order_id, :shop_id, :described, :communication, :shipping, :at);

-- name: add_details
-- The sums of a shop's day with them.
INSERT INTO order_rating_days (shop_id, day, described, described_by, communication, communication_by, shipping, shipping_by)
VALUES (:shop_id, :day, :described, :described_by, :communication, :communication_by, :shipping, :shipping_by)
ON CONFLICT (shop_id, day) DO UPDATE SET
    described = order_rating_days.described + excluded.described,
    described_by = order_rating_days.described_by + excluded.described_by,
    communication = order_rating_days.communication + excluded.communication,
    communication_by = order_rating_days.communication_by + excluded.communication_by,
    shipping = order_rating_days.shipping + excluded.shipping,
    shipping_by = order_rating_days.shipping_by + excluded.shipping_by;

-- name: order_rated
-- Whether that was said.
SELECT COUNT(*) AS rated FROM order_ratings WHERE order_id = :order_id;

-- name: vote_helpful
-- Somebody was helped, once.
INSERT INTO review_votes (review_id, person_id, at) VALUES (:review_id, :me, :at);

-- name: take_vote_back
-- He was not.
DELETE FROM review_votes WHERE review_id = :review_id AND person_id = :me;

-- name: count_vote
-- The sum of them.
UPDATE reviews SET helpful = helpful + :votes WHERE id = :review_id;

-- name: voted
-- Whether somebody was helped.
SELECT COUNT(*) AS votes FROM review_votes WHERE review_id = :review_id AND person_id = :me;

-- name: figures_of_shop
-- A shop's figures between two dates, both included, and of all time.
SELECT
    CAST(COALESCE(SUM(CASE WHEN day BETWEEN :since AND :until THEN positive END), 0) AS BIGINT) AS positive,
    CAST(COALESCE(SUM(CASE WHEN day BETWEEN :since AND :until THEN neutral END), 0) AS BIGINT) AS neutral,
    CAST(COALESCE(SUM(CASE WHEN day BETWEEN :since AND :until THEN negative END), 0) AS BIGINT) AS negative,
    CAST(COALESCE(SUM(positive), 0) AS BIGINT) AS ever_positive, CAST(COALESCE(SUM(neutral), 0) AS BIGINT) AS ever_neutral,
    CAST(COALESCE(SUM(negative), 0) AS BIGINT) AS ever_negative
FROM rating_days WHERE shop_id = :shop_id;

-- name: details_of_shop
-- How buyers found a shop since a day, in sums and how many said so.
SELECT
    CAST(COALESCE(SUM(described), 0) AS BIGINT) AS described, CAST(COALESCE(SUM(described_by), 0) AS BIGINT) AS described_by,
    CAST(COALESCE(SUM(communication), 0) AS BIGINT) AS communication,
    CAST(COALESCE(SUM(communication_by), 0) AS BIGINT) AS communication_by,
    CAST(COALESCE(SUM(shipping), 0) AS BIGINT) AS shipping, CAST(COALESCE(SUM(shipping_by), 0) AS BIGINT) AS shipping_by
FROM order_rating_days WHERE shop_id = :shop_id AND day >= :since;

-- name: ratings_of_shop_page
-- A page of what a shop was given, newest first.
SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews
WHERE shop_id = :shop_id AND (rated_at, id) < (:before, :before_id)
ORDER BY rated_at DESC, id DESC LIMIT :limit;

-- name: ratings_counting_page
-- A page of what counts of that, as far back as an instant.
SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews
WHERE shop_id = :shop_id AND rated_at >= :since AND (rated_at, id) < (:before, :before_id) AND excluded = ''
ORDER BY rated_at DESC, id DESC LIMIT :limit;

-- name: ratings_excluded_page
-- A page of what does not count.
SELECT id, buyer_id, shop_id, rated_at, stars, excluded FROM reviews
WHERE shop_id = :shop_id AND excluded <> '' AND (rated_at, id) < (:before, :before_id)
ORDER BY rated_at DESC, id DESC LIMIT :limit;

-- name: ratings_of_buyers
-- What counts of all that some buyers gave a shop, buyer by buyer. `ids` is a JSON array of buyers.
SELECT r.id, r.buyer_id, r.shop_id, r.rated_at, r.stars, r.excluded
FROM json_each(:ids) AS j CROSS JOIN reviews AS r WHERE r.shop_id = :shop_id AND r.buyer_id = j.value AND r.excluded = '';

-- name: fates_of_shop
-- How many of a shop's ratings were merged into others, and how many were excluded.
SELECT merged, refunded, annulled FROM rating_fates WHERE shop_id = :shop_id;

-- name: move_fates
-- They are more now, or fewer.
INSERT INTO rating_fates (shop_id, merged, refunded, annulled) VALUES (:shop_id, :merged, :refunded, :annulled)
ON CONFLICT (shop_id) DO UPDATE SET
    merged = rating_fates.merged + excluded.merged,
    refunded = rating_fates.refunded + excluded.refunded,
    annulled = rating_fates.annulled + excluded.annulled;

-- name: stars_of_product
-- How often a product was given which stars.
SELECT stars, ratings FROM product_stars WHERE product_id = :product_id ORDER BY stars;

-- name: texts_of_product
-- In which languages there is something to read.
SELECT language, texts FROM product_texts WHERE product_id = :product_id AND texts > 0;

-- name: shown_newest
-- A page of a product's reviews, newest first.
SELECT id, shown_at AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (shown_at, id) < (:before, :before_id)
ORDER BY shown_at DESC, id DESC LIMIT :limit;

-- name: shown_newest_stars
-- A page of a product's reviews of so many stars, newest first.
SELECT id, shown_at AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (shown_at, id) < (:before, :before_id)
    AND stars = :stars
ORDER BY shown_at DESC, id DESC LIMIT :limit;

-- name: shown_newest_photos
-- A page of a product's reviews with photos, newest first.
SELECT id, shown_at AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (shown_at, id) < (:before, :before_id)
    AND photos > 0 AND (CAST(:stars AS BIGINT) IS NULL OR stars = CAST(:stars AS BIGINT))
ORDER BY shown_at DESC, id DESC LIMIT :limit;

-- name: shown_newest_language
-- A page of a product's reviews in a language, newest first.
SELECT id, shown_at AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (shown_at, id) < (:before, :before_id)
    AND language = :language AND (CAST(:photos AS BIGINT) = 0 OR photos > 0)
    AND (CAST(:stars AS BIGINT) IS NULL OR stars = CAST(:stars AS BIGINT))
ORDER BY shown_at DESC, id DESC LIMIT :limit;

-- name: shown_helpful
-- A page of a product's reviews, most helpful first.
SELECT id, helpful AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (helpful, id) < (:before, :before_id)
ORDER BY helpful DESC, id DESC LIMIT :limit;

-- name: shown_helpful_stars
-- A page of a product's reviews of so many stars, most helpful first.
SELECT id, helpful AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (helpful, id) < (:before, :before_id)
    AND stars = :stars
ORDER BY helpful DESC, id DESC LIMIT :limit;

-- name: shown_helpful_photos
-- A page of a product's reviews with photos, most helpful first.
SELECT id, helpful AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (helpful, id) < (:before, :before_id)
    AND photos > 0 AND (CAST(:stars AS BIGINT) IS NULL OR stars = CAST(:stars AS BIGINT))
ORDER BY helpful DESC, id DESC LIMIT :limit;

-- name: shown_helpful_language
-- A page of a product's reviews in a language, most helpful first.
SELECT id, helpful AS place FROM reviews
WHERE product_id = :product_id AND shown_at IS NOT NULL AND (helpful, id) < (:before, :before_id)
    AND language = :language AND (CAST(:photos AS BIGINT) = 0 OR photos > 0)
    AND (CAST(:stars AS BIGINT) IS NULL OR stars = CAST(:stars AS BIGINT))
ORDER BY helpful DESC, id DESC LIMIT :limit;

-- name: review_cards
-- Reviews with all that lists show of them. `ids` is a JSON array.
SELECT r.id, r.line_id, r.order_id, r.product_id, r.shop_id, s.name AS shop_name, r.buyer_id, b.name AS buyer_name,
    b.country, r.stars, r.rated_at, r.received_at, r.excluded, r.helpful, l.title, l.photo_url
FROM json_each(:ids) AS j JOIN reviews AS r ON r.id = j.value
JOIN people AS b ON b.id = r.buyer_id JOIN shops AS s ON s.id = r.shop_id JOIN order_lines AS l ON l.id = r.line_id;

-- name: parts_of_reviews
-- What was written in them. `ids` is a JSON array.
SELECT p.review_id, p.part, p.author_id, p.text, p.language, p.state, p.reason, p.found, p.times, p.sent_at, p.decided_at,
    p.published_at, p.revision
FROM json_each(:ids) AS j JOIN review_parts AS p ON p.review_id = j.value;

-- name: reviews_of_buyer_page
-- A page of one's own reviews, newest first.
SELECT id, rated_at AS place FROM reviews
WHERE buyer_id = :me AND (rated_at, id) < (:before, :before_id)
ORDER BY rated_at DESC, id DESC LIMIT :limit;

-- name: reviews_of_shop_page
-- A page of what was said of a shop, newest first.
SELECT id, rated_at AS place FROM reviews
WHERE shop_id = :shop_id AND (rated_at, id) < (:before, :before_id)
ORDER BY rated_at DESC, id DESC LIMIT :limit;

-- name: lines_to_rate
-- What somebody received lately and has not rated.
SELECT l.id AS line_id, l.order_id, l.title, l.photo_url, o.shop_id, s.name AS shop_name, o.received_at,
    CASE WHEN EXISTS (SELECT 1 FROM order_ratings AS d WHERE d.order_id = o.id) THEN 0 ELSE 1 END AS rates_order
FROM orders AS o JOIN order_lines AS l ON l.order_id = o.id JOIN shops AS s ON s.id = o.shop_id
WHERE o.buyer_id = :me AND o.received_at > :since
    AND NOT EXISTS (SELECT 1 FROM reviews AS r WHERE r.line_id = l.id)
    AND NOT EXISTS (SELECT 1 FROM shop_members AS m WHERE m.shop_id = o.shop_id AND m.person_id = :me)
ORDER BY o.received_at DESC, l.place LIMIT 50;

-- name: parts_to_decide
-- What waits for a moderator, oldest first.
SELECT p.review_id, p.part, p.author_id, a.name AS author_name, p.text, p.language, p.found, p.times, p.sent_at, p.revision,
    r.stars, l.title AS product, r.shop_id, s.name AS shop_name, COALESCE((
        SELECT v.text FROM review_versions AS v
        WHERE v.review_id = p.review_id AND v.part = p.part ORDER BY v.times DESC LIMIT 1), '') AS before, COALESCE((
        SELECT w.text FROM review_parts AS w WHERE w.review_id = p.review_id
            AND w.part = CASE p.part WHEN 'reply' THEN 'text' WHEN 'followup_reply' THEN 'followup' ELSE '' END), '') AS answers
FROM review_parts AS p JOIN reviews AS r ON r.id = p.review_id JOIN people AS a ON a.id = p.author_id
JOIN order_lines AS l ON l.id = r.line_id JOIN shops AS s ON s.id = r.shop_id
WHERE p.state = 'pending' ORDER BY p.sent_at, p.review_id LIMIT :limit;

-- name: parts_waiting
-- How many wait.
SELECT COUNT(*) AS waiting FROM review_parts WHERE state = 'pending';

-- name: permissions_of
-- What somebody who works here may do beside his role.
SELECT permissions FROM agents WHERE person_id = :person_id AND active = 1;

-- name: line_refunded
-- Whether money was given back for a line because nothing arrived.
SELECT COUNT(*) AS refunds FROM order_lines AS l JOIN refunds AS r ON r.order_id = l.order_id AND r.line_key = l.line_key
WHERE l.id = :line_id AND r.reason = 'not_received';

-- name: reviews_of_lines
-- What lines of an order were given. `line_keys` is a JSON array.
SELECT v.id FROM json_each(:line_keys) AS j
JOIN order_lines AS l ON l.order_id = :order_id AND l.line_key = j.value JOIN reviews AS v ON v.line_id = l.id;

-- name: report_part
-- Somebody puts a published text before a moderator, once.
INSERT INTO review_reports (review_id, part, reporter_id, reason, text, at, settled_at)
VALUES (:review_id, :part, :me, :reason, :text, :at, NULL);

-- name: reported_by
-- Whether somebody has.
SELECT COUNT(*) AS reports FROM review_reports WHERE review_id = :review_id AND part = :part AND reporter_id = :me;

-- name: settle_reports
-- A moderator has looked.
UPDATE review_reports SET settled_at = :at WHERE review_id = :review_id AND part = :part AND settled_at IS NULL;

-- name: part_as_seen
-- A decision that changes nothing of a part is about what its moderator has seen.
UPDATE review_parts SET revision = revision + 1
WHERE review_id = :review_id AND part = :part AND revision = :revision AND state = 'published';

-- name: parts_reported
-- Published texts with reports that nobody has dealt with, the longest waiting first.
SELECT p.review_id, p.part, p.author_id, a.name AS author_name, p.text, p.language, p.revision,
    r.stars, l.title AS product, r.shop_id, s.name AS shop_name
FROM (SELECT review_id, part, MIN(at) AS since FROM review_reports WHERE settled_at IS NULL GROUP BY review_id, part) AS w
JOIN review_parts AS p ON p.review_id = w.review_id AND p.part = w.part
JOIN reviews AS r ON r.id = p.review_id JOIN people AS a ON a.id = p.author_id
JOIN order_lines AS l ON l.id = r.line_id JOIN shops AS s ON s.id = r.shop_id
ORDER BY w.since, p.review_id, p.part LIMIT :limit;

-- name: reports_open
-- How many texts that are.
SELECT COUNT(*) AS reported FROM (SELECT DISTINCT review_id, part FROM review_reports WHERE settled_at IS NULL) AS w;

-- name: reports_of_parts
-- What is said of them. `ids` is a JSON array of reviews.
SELECT w.review_id, w.part, w.reporter_id, p.name AS reporter, w.reason, w.text, w.at
FROM json_each(:ids) AS j JOIN review_reports AS w ON w.review_id = j.value AND w.settled_at IS NULL
JOIN people AS p ON p.id = w.reporter_id ORDER BY w.at;

-- name: votes_on_product
-- Which reviews of a product helped somebody.
SELECT v.review_id FROM review_votes AS v JOIN reviews AS r ON r.id = v.review_id
WHERE v.person_id = :me AND r.product_id = :product_id;

-- name: own_on_product
-- Which of them somebody wrote.
SELECT id FROM reviews WHERE buyer_id = :me AND product_id = :product_id;

-- name: reviews_to_answer
-- A page of what a shop may reply to, of late, newest first.
SELECT id, rated_at AS place FROM reviews
WHERE shop_id = :shop_id AND to_answer = 1 AND rated_at > :since AND (rated_at, id) < (:before, :before_id)
ORDER BY rated_at DESC, id DESC LIMIT :limit;

-- name: mark_to_answer
-- Whether a shop may reply to something in a review, after what has just become of its parts.
UPDATE reviews SET to_answer = CASE WHEN EXISTS (
    SELECT 1 FROM review_parts AS p WHERE p.review_id = reviews.id AND p.state = 'published'
        AND p.part IN ('text', 'followup') AND NOT EXISTS (
            SELECT 1 FROM review_parts AS a WHERE a.review_id = p.review_id AND a.state <> 'refused'
                AND a.part = CASE p.part WHEN 'text' THEN 'reply' ELSE 'followup_reply' END)) THEN 1 ELSE 0 END
WHERE id = :review_id;

-- name: translatable_part
-- A part with its language and what detection found in it.
SELECT text, language, found FROM review_parts WHERE review_id = :review_id AND part = :part;

-- name: part_reports
-- How many reports of a part nobody has dealt with.
SELECT COUNT(*) AS reports FROM review_reports WHERE review_id = :review_id AND part = :part AND settled_at IS NULL;

-- name: title_of_review
-- What was bought, and where.
SELECT l.title, s.name AS shop_name FROM reviews AS r JOIN order_lines AS l ON l.id = r.line_id JOIN shops AS s ON s.id = r.shop_id
WHERE r.id = :review_id;
