-- Reviews and ratings: what buyers said of what they received, who looked at it, and each shop's figures by day.

-- One a line of an order, for ever. The stars are final.
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    line_id INTEGER NOT NULL UNIQUE REFERENCES order_lines (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    product_id INTEGER REFERENCES products (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    buyer_id INTEGER NOT NULL REFERENCES people (id),
    stars INTEGER NOT NULL,                       -- 1-5
    rated_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,                 -- of its order: windows are counted from it
    excluded TEXT NOT NULL,                       -- domain.ratings.Excluded
    helpful INTEGER NOT NULL,                     -- votes
    shown_at INTEGER,                             -- when its text was first published; NULL while none is to be seen
    photos INTEGER NOT NULL,                      -- of the text that is to be seen
    language TEXT NOT NULL                        -- of that text
) STRICT;

CREATE INDEX reviews_of_buyer ON reviews (buyer_id, rated_at, id);
CREATE INDEX reviews_of_pair ON reviews (shop_id, buyer_id);
CREATE INDEX reviews_of_shop ON reviews (shop_id, rated_at, id);
CREATE INDEX reviews_shown ON reviews (product_id, shown_at, id) WHERE shown_at IS NOT NULL;
CREATE INDEX reviews_helpful ON reviews (product_id, helpful, shown_at, id) WHERE shown_at IS NOT NULL;
CREATE INDEX reviews_by_stars ON reviews (product_id, stars, shown_at, id) WHERE shown_at IS NOT NULL;

-- What was written: the text, its follow-up, and the shop's word to either.
CREATE TABLE review_parts (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,                           -- domain.reviews.Part
    author_id INTEGER NOT NULL REFERENCES people (id),
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,                          -- domain.publishing.State
    reason TEXT NOT NULL,                         -- domain.publishing.Reason
    found TEXT NOT NULL,                          -- JSON of what detection found: [kind, start, end]
    times INTEGER NOT NULL,                       -- how often it was sent
    sent_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES people (id),
    published_at INTEGER,                         -- the first time
    revision INTEGER NOT NULL,
    PRIMARY KEY (review_id, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX parts_pending ON review_parts (sent_at, review_id) WHERE state = 'pending';

-- What a part said before it was sent again.
CREATE TABLE review_versions (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,
    times INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (review_id, part, times)
) STRICT, WITHOUT ROWID;

-- Photos of a part. A public name is given at publication and dies at hiding.
CREATE TABLE review_photos (
    photo_id INTEGER PRIMARY KEY REFERENCES photos (id),
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,
    place INTEGER NOT NULL,
    public_name TEXT UNIQUE
) STRICT;

CREATE INDEX photos_of_review ON review_photos (review_id, part, place);

-- As described, communication, shipping: once an order; 0 where one was not given.
CREATE TABLE order_ratings (
    order_id INTEGER PRIMARY KEY REFERENCES orders (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    described INTEGER NOT NULL,
    communication INTEGER NOT NULL,
    shipping INTEGER NOT NULL,
    rated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX order_ratings_of_shop ON order_ratings (shop_id, rated_at);

CREATE TABLE review_votes (
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (review_id, person_id)
) STRICT, WITHOUT ROWID;

-- A product's stars, kept as sums.
CREATE TABLE product_stars (
    product_id INTEGER NOT NULL REFERENCES products (id),
    stars INTEGER NOT NULL,
    ratings INTEGER NOT NULL,
    PRIMARY KEY (product_id, stars)
) STRICT, WITHOUT ROWID;

-- Of two writes about the ratings of one buyer and one shop, one is made anew.
CREATE TABLE rating_pairs (
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    buyer_id INTEGER NOT NULL REFERENCES people (id),
    revision INTEGER NOT NULL,
    PRIMARY KEY (shop_id, buyer_id)
) STRICT, WITHOUT ROWID;

-- A shop's groups of ratings by the date of their openers, in the marketplace's zone: the percentage is a short sum.
CREATE TABLE rating_days (
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    day TEXT NOT NULL,                            -- 2026-11-29
    positive INTEGER NOT NULL,
    neutral INTEGER NOT NULL,
    negative INTEGER NOT NULL,
    PRIMARY KEY (shop_id, day)
) STRICT, WITHOUT ROWID;
