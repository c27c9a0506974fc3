-- A market and its reviews, for both engines; `reviews_town.py` says what the names with a colon stand for.

CREATE :temporary TABLE numbers (n BIGINT PRIMARY KEY);
CREATE :temporary TABLE picks (k BIGINT PRIMARY KEY, product BIGINT NOT NULL);
CREATE :temporary TABLE bodies (k BIGINT PRIMARY KEY, text TEXT NOT NULL);
CREATE :temporary TABLE shares (n BIGINT PRIMARY KEY, product BIGINT, stars BIGINT, language BIGINT, pictured BIGINT, helps BIGINT);

-- fill
INSERT INTO numbers :series;

-- What each rating is about, and numbers of 0 to 99 for it, as if by chance.
INSERT INTO shares
SELECT n, product, n * 2654435761 % 4294967296 / 1000 % 100, n * 2246822519 % 4294967296 / 1000 % 100,
    n * 3266489917 % 4294967296 / 1000 % 100, n * 668265263 % 4294967296 / 1000 % 100
FROM numbers JOIN picks ON k = n % :picks;

INSERT INTO people (id, external_id, kind, role, name, locale, zone, country, version, not_before, created_at)
SELECT :person + n, 'person-' || (:person + n), 'customer', NULL, 'Person ' || n, 'en', 'UTC', 'MD', 1, 0, 0
FROM numbers WHERE n < :buyers;

-- The last of them were received yesterday, and nobody has rated them.
INSERT INTO orders (id, external_id, buyer_id, shop_id, state, version, revision, total_amount, total_currency, placed_at,
    carrier, tracking, received_at, received_by)
SELECT :order + n, 'order-' || (:order + n), :person + n % :buyers, :shop + product % :shops, 'received', 1, 1, '9.90', 'EUR',
    :begin - 10 * :day_ms + n * :step, '', '', CASE WHEN n < :ratings THEN :begin - 2 * :day_ms + n * :step ELSE :now - :day_ms END,
    'buyer'
FROM shares;

INSERT INTO order_lines (id, order_id, line_key, place, title, photo_url, amount, currency, quantity, product_key)
SELECT :line + n, :order + n, 'a', 0, 'A thing', '', '9.90', 'EUR', 1, 'product-' || (:product + product)
FROM shares;

-- Three in ten have a text that is shown, and half of those wait for the shop's word.
INSERT INTO reviews (id, line_id, order_id, product_id, shop_id, buyer_id, stars, rated_at, received_at, excluded, helpful,
    shown_at, photos, language, to_answer)
SELECT :review + n, :line + n, :order + n, :product + product, :shop + product % :shops, :person + n % :buyers,
    CASE WHEN stars < 60 THEN 5 WHEN stars < 80 THEN 4 WHEN stars < 88 THEN 3 WHEN stars < 93 THEN 2 ELSE 1 END,
    :begin + n * :step, :begin - 2 * :day_ms + n * :step, '',
    CASE WHEN n % 10 < 3 AND helps < 20 THEN n % 40 ELSE 0 END,
    CASE WHEN n % 10 < 3 THEN :begin + n * :step + :step / 2 END,
    CASE WHEN n % 10 < 3 AND pictured < 10 THEN 1 ELSE 0 END,
    CASE WHEN n % 10 > 2 THEN '' WHEN language < 50 THEN 'en' WHEN language < 80 THEN 'ru' WHEN language < 93 THEN 'ro'
        WHEN language < 98 THEN 'es' ELSE 'ar' END,
    CASE WHEN n % 10 < 3 AND n % 2 = 1 THEN 1 ELSE 0 END
FROM shares WHERE n < :ratings;

INSERT INTO order_ratings (order_id, shop_id, described, communication, shipping, rated_at)
SELECT order_id, shop_id, stars, 5, 1 + id % 5, rated_at FROM reviews WHERE id % 4 = 0;

INSERT INTO review_parts (review_id, part, author_id, text, language, state, reason, found, times, sent_at, decided_at,
    published_at, revision)
SELECT id, 'text', buyer_id, text, language, 'published', '', '[]', 1, rated_at, shown_at, shown_at, 2
FROM reviews JOIN bodies ON k = id % :bodies WHERE shown_at IS NOT NULL;

INSERT INTO review_parts (review_id, part, author_id, text, language, state, reason, found, times, sent_at, decided_at,
    published_at, revision)
SELECT id, 'reply', :seller + shop_id - :shop, text, 'en', 'published', '', '[]', 1, shown_at, shown_at, shown_at, 2
FROM reviews JOIN bodies ON k = (id + 1) % :bodies WHERE shown_at IS NOT NULL AND to_answer = 0;

-- These wait for a moderator.
INSERT INTO review_parts (review_id, part, author_id, text, language, state, reason, found, times, sent_at, decided_at,
    published_at, revision)
SELECT id, 'text', buyer_id, text, 'en', 'pending', '', '[]', 1, rated_at, NULL, NULL, 1
FROM reviews JOIN bodies ON k = id % :bodies WHERE id >= :review + :ratings - 10 * :waiting AND (id - :review) % 10 = 5;

INSERT INTO photos (id, owner_id, full_name, thumb_name, width, height, size, sha256, created_at)
SELECT id - :review + :photo, buyer_id, 'f' || id, 't' || id, 640, 480, 9, CAST('' AS :blob), rated_at FROM reviews WHERE photos > 0;

INSERT INTO review_photos (photo_id, review_id, part, place, public_name)
SELECT id - :review + :photo, id, 'text', 0, 'name-of-a-public-photo-' || id FROM reviews WHERE photos > 0;

INSERT INTO review_reports (review_id, part, reporter_id, reason, text, at)
SELECT id, 'text', :moderator, 'insult', '', :now FROM reviews WHERE id >= :review + :ratings - 1000 AND shown_at IS NOT NULL;

-- The sums. No two ratings of a pair merge, so each is a group of its own.
INSERT INTO rating_days (shop_id, day, positive, neutral, negative)
SELECT shop_id, :date, SUM(CASE WHEN stars > 3 THEN 1 ELSE 0 END), SUM(CASE WHEN stars = 3 THEN 1 ELSE 0 END),
    SUM(CASE WHEN stars < 3 THEN 1 ELSE 0 END)
FROM reviews GROUP BY 1, 2;

INSERT INTO product_stars (product_id, stars, ratings) SELECT product_id, stars, COUNT(*) FROM reviews GROUP BY 1, 2;

INSERT INTO product_texts (product_id, language, texts)
SELECT product_id, language, COUNT(*) FROM reviews WHERE shown_at IS NOT NULL GROUP BY 1, 2;

INSERT INTO order_rating_days (shop_id, day, described, described_by, communication, communication_by, shipping, shipping_by)
SELECT shop_id, rated_at / :day_ms, SUM(described), COUNT(*), SUM(communication), COUNT(*), SUM(shipping), COUNT(*)
FROM order_ratings GROUP BY 1, 2;

INSERT INTO rating_pairs (shop_id, buyer_id, revision) SELECT shop_id, buyer_id, COUNT(*) FROM reviews GROUP BY 1, 2;

DROP TABLE shares;
DROP TABLE bodies;
DROP TABLE picks;
DROP TABLE numbers;
