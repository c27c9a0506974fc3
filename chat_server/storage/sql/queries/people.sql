-- name: person_by_external_id
-- Somebody the backend knows.
SELECT id, external_id, name, locale, zone, not_before FROM people WHERE external_id = :external_id;

-- name: person_by_id
-- Somebody by our own id.
SELECT id, external_id, name, locale, zone, not_before FROM people WHERE id = :person_id;

-- name: add_person
-- A person, when first heard of.
INSERT INTO people (id, external_id, kind, role, name, locale, zone, country, version, not_before, created_at)
VALUES (:id, :external_id, 'customer', NULL, :name, :locale, :zone, :country, :version, 0, :at);

-- name: update_person
-- Only a newer version changes anything.
UPDATE people SET name = :name, locale = :locale, zone = :zone, country = :country, version = :version
WHERE external_id = :external_id AND version < :version;

-- name: person_version
-- What stands of a person.
SELECT id, version FROM people WHERE external_id = :external_id;

-- name: sign_out
-- All that was given to this person before now proves nothing any more.
UPDATE people SET not_before = :at WHERE id = :person_id;

-- name: add_revocation
-- Sockets of this person must end.
INSERT INTO revocations (person_id, code, at) VALUES (:person_id, :code, :at);

-- name: revocations_after
-- Whose sockets must end, since a place.
SELECT position, person_id, code FROM revocations WHERE position > :position ORDER BY position LIMIT 1000;

-- name: last_revocation
-- The newest place.
SELECT COALESCE(MAX(position), 0) AS position FROM revocations;

-- name: drop_old_revocations
-- Nodes have seen them long ago.
DELETE FROM revocations WHERE at < :before;

-- name: add_staff
-- An agent or supervisor.
INSERT INTO people (id, external_id, kind, role, name, locale, zone, country, email, password_hash, version, not_before, created_at)
VALUES (:id, NULL, 'staff', :role, :name, :locale, 'UTC', '', :email, :password_hash, 1, 0, :at);

-- name: set_password
-- A new password ends all that the old one opened.
UPDATE people SET password_hash = :password_hash, not_before = :at WHERE email = :email AND kind = 'staff';

-- name: rehash_password
-- The same password under today's parameters: it ends nothing. One that was changed meanwhile stays.
UPDATE people SET password_hash = CAST(:new_hash AS TEXT) WHERE id = :person_id AND password_hash = :old_hash;

-- name: staff_by_email
-- Staff by address.
SELECT p.id, p.name, p.role, p.email, p.locale, p.password_hash, a.permissions
FROM people AS p JOIN agents AS a ON a.person_id = p.id WHERE p.email = :email AND p.kind = 'staff';

-- name: staff_by_id
-- Staff by our own id.
SELECT p.id, p.name, p.role, p.email, p.locale, p.password_hash, a.permissions
FROM people AS p JOIN agents AS a ON a.person_id = p.id WHERE p.id = :person_id AND p.kind = 'staff';

-- name: shop_by_external_id
-- A shop the backend put.
SELECT id, external_id, name, version FROM shops WHERE external_id = :external_id;

-- name: shop_by_id
-- A shop by our own id.
SELECT id, external_id, name FROM shops WHERE id = :shop_id;

-- name: add_shop
-- A shop, when first heard of.
INSERT INTO shops (id, external_id, name, version, created_at) VALUES (:id, :external_id, :name, :version, :at);

-- name: update_shop
-- Only a newer version changes anything.
UPDATE shops SET name = :name, version = :version WHERE external_id = :external_id AND version < :version;

-- name: shops_of_person
-- Where somebody sells.
SELECT s.id, s.external_id, s.name FROM shop_members AS m JOIN shops AS s ON s.id = m.shop_id
WHERE m.person_id = :person_id ORDER BY s.id;

-- name: members_of_shop
-- Who sells there.
SELECT m.person_id FROM shop_members AS m WHERE m.shop_id = :shop_id ORDER BY m.person_id;

-- name: add_member
-- Somebody joins a shop.
INSERT INTO shop_members (shop_id, person_id) VALUES (:shop_id, :person_id) ON CONFLICT (shop_id, person_id) DO NOTHING;

-- name: drop_member
-- Somebody leaves a shop.
DELETE FROM shop_members WHERE shop_id = :shop_id AND person_id = :person_id;

-- name: product_by_external_id
-- A product the backend put.
SELECT id, external_id, shop_id, title, url, photo_url, price_amount, price_currency, version
FROM products WHERE external_id = :external_id;

-- name: product_by_id
-- A product by our own id.
SELECT id, external_id, shop_id, title, url, photo_url, price_amount, price_currency, version
FROM products WHERE id = :product_id;

-- name: add_product
-- A product, when first heard of.
INSERT INTO products (id, external_id, shop_id, title, url, photo_url, price_amount, price_currency, version)
VALUES (:id, :external_id, :shop_id, :title, :url, :photo_url, :price_amount, :price_currency, :version);

-- name: update_product
-- Only a newer version changes anything; the shop never changes.
UPDATE products SET title = :title, url = :url, photo_url = :photo_url, price_amount = :price_amount,
    price_currency = :price_currency, version = :version
WHERE external_id = :external_id AND version < :version;

-- name: write_of_key
-- What was written under this key, as an event or otherwise.
SELECT e.body_hash FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me
UNION ALL
SELECT w.body_hash FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me;

-- name: keep_client_write
-- A key is used once, whether for an event or for another write.
INSERT INTO client_writes (client_key, person_id, body_hash, answer, at)
SELECT CAST(:client_key AS TEXT), p.id, :body_hash, CAST(:answer AS TEXT), CAST(:at AS BIGINT) FROM people AS p
WHERE p.id = :me
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me);
