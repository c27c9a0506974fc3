-- Reviews and ratings: what buyers said of what they received, who looked at it, and each shop's figures by day.

-- One a line of an order, for ever. The stars are final.
CREATE TABLE reviews (
    id BIGINT PRIMARY KEY,
    line_id BIGINT NOT NULL UNIQUE REFERENCES order_lines (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    product_id BIGINT REFERENCES products (id),
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    buyer_id BIGINT NOT NULL REFERENCES people (id),
    stars BIGINT NOT NULL,                       -- 1-5
    rated_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,                 -- of its order: windows are counted from it
    excluded TEXT NOT NULL,                       -- domain.ratings.Excluded
    helpful BIGINT NOT NULL,                     -- votes
    shown_at BIGINT,                             -- when its text was first published; NULL while none is to be seen
    photos BIGINT NOT NULL,                      -- of the text that is to be seen
    language TEXT NOT NULL                        -- of that text
);

CREATE INDEX reviews_of_buyer ON reviews (buyer_id, rated_at, id);
CREATE INDEX reviews_of_pair ON reviews (shop_id, buyer_id);
CREATE INDEX reviews_of_shop ON reviews (shop_id, rated_at, id);
CREATE INDEX reviews_shown ON reviews (product_id, shown_at, id) WHERE shown_at IS NOT NULL;
CREATE INDEX reviews_helpful ON reviews (product_id, helpful, shown_at, id) WHERE shown_at IS NOT NULL;
CREATE INDEX reviews_by_stars ON reviews (product_id, stars, shown_at, id) WHERE shown_at IS NOT NULL;

-- What was written: the text, its follow-up, and the shop's word to either.
CREATE TABLE review_parts (
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,                           -- domain.reviews.Part
    author_id BIGINT NOT NULL REFERENCES people (id),
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,                          -- domain.publishing.State
    reason TEXT NOT NULL,                         -- domain.publishing.Reason
    found TEXT NOT NULL,                          -- JSON of what detection found: [kind, start, end]
    times BIGINT NOT NULL,                       -- how often it was sent
    sent_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by BIGINT REFERENCES people (id),
    published_at BIGINT,                         -- the first time
    revision BIGINT NOT NULL,
    PRIMARY KEY (review_id, part)
);

CREATE INDEX parts_pending ON review_parts (sent_at, review_id) WHERE state = 'pending';

-- What a part said before it was sent again.
CREATE TABLE review_versions (
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,
    times BIGINT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (review_id, part, times)
);

-- Photos of a part. A public name is given at publication and dies at hiding.
CREATE TABLE review_photos (
    photo_id BIGINT PRIMARY KEY REFERENCES photos (id),
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,
    place BIGINT NOT NULL,
    public_name TEXT UNIQUE
);

CREATE INDEX photos_of_review ON review_photos (review_id, part, place);

-- As described, communication, shipping: once an order; 0 where one was not given.
CREATE TABLE order_ratings (
    order_id BIGINT PRIMARY KEY REFERENCES orders (id),
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    described BIGINT NOT NULL,
    communication BIGINT NOT NULL,
    shipping BIGINT NOT NULL,
    rated_at BIGINT NOT NULL
);

CREATE INDEX order_ratings_of_shop ON order_ratings (shop_id, rated_at);

CREATE TABLE review_votes (
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (review_id, person_id)
);

-- A product's stars, kept as sums.
CREATE TABLE product_stars (
    product_id BIGINT NOT NULL REFERENCES products (id),
    stars BIGINT NOT NULL,
    ratings BIGINT NOT NULL,
    PRIMARY KEY (product_id, stars)
);

-- Of two writes about the ratings of one buyer and one shop, one is made anew.
CREATE TABLE rating_pairs (
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    buyer_id BIGINT NOT NULL REFERENCES people (id),
    revision BIGINT NOT NULL,
    PRIMARY KEY (shop_id, buyer_id)
);

-- A shop's groups of ratings by the date of their openers, in the marketplace's zone: the percentage is a short sum.
CREATE TABLE rating_days (
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    day TEXT NOT NULL,                            -- 2026-11-29
    positive BIGINT NOT NULL,
    neutral BIGINT NOT NULL,
    negative BIGINT NOT NULL,
    PRIMARY KEY (shop_id, day)
);
