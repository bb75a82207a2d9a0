-- name: WatchAddress :execlastid
-- An address that is watched already keeps its id, and LAST_INSERT_ID(id) makes it the result.
INSERT INTO watched_addresses (customer_public_id, chain_id, address, label, tags)
VALUES (?, ?, ?, ?, '[]')
ON DUPLICATE KEY UPDATE
  id = LAST_INSERT_ID(id), label = coalesce(VALUES(label), label), is_active = TRUE;

-- name: MatchAddresses :many
-- The collation of address ignores case.
SELECT id, customer_public_id, address
FROM watched_addresses
WHERE chain_id = sqlc.arg(chain_id)
  AND is_active
  AND address IN (sqlc.slice(lower_addresses))
ORDER BY id;

-- name: ListWatchedAddresses :many
SELECT id, chain_id, address, label, tags, min_confirmations, is_active
FROM watched_addresses
WHERE customer_public_id = ?
ORDER BY id;

-- name: DeleteWatchedAddress :execrows
DELETE FROM watched_addresses
WHERE id = ?;
