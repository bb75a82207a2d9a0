-- name: WatchAddress :one
INSERT INTO watched_addresses (customer_public_id, chain_id, address, label)
VALUES (?, ?, ?, ?)
ON CONFLICT (chain_id, address, customer_public_id) DO UPDATE
SET label = coalesce(excluded.label, watched_addresses.label), is_active = true
RETURNING id;

-- name: MatchAddresses :many
-- sqlc.slice needs the name of a column on the left of IN, and other parameters before it.
SELECT active.id, active.customer_public_id, active.spelling AS address
FROM (
  SELECT id, customer_public_id, address AS spelling, lower(address) AS address
  FROM watched_addresses
  WHERE chain_id = sqlc.arg(chain_id) AND is_active
) AS active
WHERE active.address IN (sqlc.slice(lower_addresses))
ORDER BY active.id;

-- name: ListWatchedAddresses :many
SELECT id, chain_id, address, label, tags, min_confirmations, is_active
FROM watched_addresses
WHERE customer_public_id = ?
ORDER BY id;

-- name: DeleteWatchedAddress :execrows
DELETE FROM watched_addresses
WHERE id = ?;
