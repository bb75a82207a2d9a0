-- name: UpsertChain :exec
-- A name that another network has ends up in the second clause too: there it becomes NULL, which the column refuses.
INSERT INTO chains (id, kind, name, native_symbol, decimals, is_testnet)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE
  name = CASE WHEN id = VALUES(id) THEN VALUES(name) END,
  native_symbol = VALUES(native_symbol),
  is_testnet = VALUES(is_testnet);

-- name: GetChainByName :one
SELECT id, kind, name, native_symbol, decimals, is_testnet, created_at
FROM chains
WHERE name = ?;

-- name: ListChainsOfKinds :many
SELECT id, kind, name, native_symbol
FROM chains
WHERE kind IN (sqlc.slice(kinds))
  AND (is_testnet = FALSE OR is_testnet = sqlc.arg(with_testnets))
ORDER BY name;
