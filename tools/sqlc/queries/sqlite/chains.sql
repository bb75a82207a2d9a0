-- name: UpsertChain :exec
INSERT INTO chains (id, kind, name, native_symbol, decimals, is_testnet)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name,
    native_symbol = excluded.native_symbol,
    is_testnet = excluded.is_testnet;

-- name: GetChainByName :one
SELECT id, kind, name, native_symbol, decimals, is_testnet, created_at
FROM chains
WHERE name = ?;

-- name: ListChainsOfKinds :many
-- sqlc numbers parameters as if a slice were one: it has to be the last.
SELECT id, kind, name, native_symbol
FROM chains
WHERE (is_testnet = FALSE OR is_testnet = sqlc.arg(with_testnets))
  AND kind IN (sqlc.slice(kinds))
ORDER BY name;
