-- What became of a shop's ratings is kept in sums, and found page by page.

-- How many were merged into others' groups, and how many left; what opened groups is in rating_days.
CREATE TABLE rating_fates (
    shop_id BIGINT PRIMARY KEY REFERENCES shops (id),
    merged BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    annulled BIGINT NOT NULL
);

INSERT INTO rating_fates (shop_id, merged, refunded, annulled)
SELECT r.shop_id,
    SUM(CASE WHEN r.excluded = '' THEN 1 ELSE 0 END)
        - COALESCE((SELECT SUM(d.positive + d.neutral + d.negative) FROM rating_days AS d WHERE d.shop_id = r.shop_id), 0),
    SUM(CASE WHEN r.excluded = 'refunded' THEN 1 ELSE 0 END),
    SUM(CASE WHEN r.excluded = 'annulled' THEN 1 ELSE 0 END)
FROM reviews AS r GROUP BY r.shop_id;

-- What counts is found without looking at what does not, were that a great deal, and the other way round.
DROP INDEX reviews_of_shop;
CREATE INDEX reviews_of_shop ON reviews (shop_id, rated_at, id, excluded);
CREATE INDEX reviews_excluded ON reviews (shop_id, rated_at, id) WHERE excluded <> '';
