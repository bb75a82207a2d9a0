-- name: WatchAddress :one
INSERT INTO watched_addresses (customer_public_id, chain_id, address, label)
VALUES ($1, $2, $3, $4)
ON CONFLICT (chain_id, address, customer_public_id) DO UPDATE
SET label = coalesce(excluded.label, watched_addresses.label), is_active = true
RETURNING id;

-- name: WatchAddresses :copyfrom
INSERT INTO watched_addresses (customer_public_id, chain_id, address, label, tags, min_confirmations)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: MatchAddresses :many
SELECT id, customer_public_id, address
FROM watched_addresses
WHERE chain_id = sqlc.arg(chain_id)
  AND is_active
  AND lower(address) = ANY(sqlc.arg(lower_addresses)::text[])
ORDER BY id;

-- name: ListWatchedAddresses :many
SELECT id, chain_id, address, label, tags, min_confirmations, is_active
FROM watched_addresses
WHERE customer_public_id = $1
ORDER BY id;

-- name: DeleteWatchedAddress :execrows
DELETE FROM watched_addresses
WHERE id = $1;
