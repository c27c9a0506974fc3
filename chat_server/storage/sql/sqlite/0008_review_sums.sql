-- What pages of reviews ask again and again is kept, and each list has the index of its order.

-- A shop may reply to something in it; among them its page finds them at once.
ALTER TABLE reviews ADD COLUMN to_answer INTEGER NOT NULL DEFAULT 0;

UPDATE reviews SET to_answer = 1 WHERE EXISTS (
    SELECT 1 FROM review_parts AS p WHERE p.review_id = reviews.id AND p.state = 'published'
        AND p.part IN ('text', 'followup') AND NOT EXISTS (
            SELECT 1 FROM review_parts AS a WHERE a.review_id = p.review_id AND a.state <> 'refused'
                AND a.part = CASE p.part WHEN 'text' THEN 'reply' ELSE 'followup_reply' END));

CREATE INDEX reviews_to_answer ON reviews (shop_id, rated_at, id) WHERE to_answer = 1;

-- In which languages there is how much to read about a product.
CREATE TABLE product_texts (
    product_id INTEGER NOT NULL REFERENCES products (id),
    language TEXT NOT NULL,
    texts INTEGER NOT NULL,
    PRIMARY KEY (product_id, language)
) STRICT, WITHOUT ROWID;

INSERT INTO product_texts (product_id, language, texts)
SELECT product_id, language, COUNT(*) FROM reviews
WHERE product_id IS NOT NULL AND shown_at IS NOT NULL GROUP BY product_id, language;

-- How buyers found a shop, by day: sums of the stars that were given, and how many gave them.
CREATE TABLE order_rating_days (
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    day INTEGER NOT NULL,                         -- since 1970, in UTC, whatever the marketplace's zone is
    described INTEGER NOT NULL,
    described_by INTEGER NOT NULL,
    communication INTEGER NOT NULL,
    communication_by INTEGER NOT NULL,
    shipping INTEGER NOT NULL,
    shipping_by INTEGER NOT NULL,
    PRIMARY KEY (shop_id, day)
) STRICT, WITHOUT ROWID;

INSERT INTO order_rating_days
SELECT shop_id, rated_at / 86400000, SUM(described), SUM(CASE WHEN described > 0 THEN 1 ELSE 0 END),
    SUM(communication), SUM(CASE WHEN communication > 0 THEN 1 ELSE 0 END),
    SUM(shipping), SUM(CASE WHEN shipping > 0 THEN 1 ELSE 0 END)
FROM order_ratings GROUP BY shop_id, rated_at / 86400000;

DROP INDEX order_ratings_of_shop;

-- In the order of their time: else a pair's ratings were looked for among all of the shop.
DROP INDEX reviews_of_pair;
CREATE INDEX reviews_of_pair ON reviews (shop_id, buyer_id, rated_at, id);

-- Of a product's reviews each filter has an index for either order. What narrows further stands behind the place.
DROP INDEX reviews_helpful;
CREATE INDEX reviews_by_language ON reviews (product_id, language, shown_at, id, stars, photos) WHERE shown_at IS NOT NULL;
CREATE INDEX reviews_with_photos ON reviews (product_id, shown_at, id, stars) WHERE shown_at IS NOT NULL AND photos > 0;
CREATE INDEX reviews_helpful ON reviews (product_id, helpful, id) WHERE shown_at IS NOT NULL;
CREATE INDEX helpful_by_stars ON reviews (product_id, stars, helpful, id) WHERE shown_at IS NOT NULL;
CREATE INDEX helpful_by_language ON reviews (product_id, language, helpful, id, stars, photos) WHERE shown_at IS NOT NULL;
CREATE INDEX helpful_with_photos ON reviews (product_id, helpful, id, stars) WHERE shown_at IS NOT NULL AND photos > 0;
