-- name: UpsertChain :exec
INSERT INTO chains (id, kind, name, native_symbol, decimals, is_testnet)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name,
    native_symbol = excluded.native_symbol,
    is_testnet = excluded.is_testnet;

-- name: GetChainByName :one
SELECT id, kind, name, native_symbol, decimals, is_testnet, created_at
FROM chains
WHERE name = $1;

-- name: ListChainsOfKinds :many
SELECT id, kind, name, native_symbol
FROM chains
WHERE kind = ANY(sqlc.arg(kinds)::chain_kind[])
  AND (sqlc.arg(with_testnets)::boolean OR NOT is_testnet)
ORDER BY name;
