-- name: CreateWallet :exec
INSERT INTO wallets (id, customer_id, name, description)
VALUES (?, ?, ?, ?);

-- name: GetWalletWithCustomer :one
SELECT sqlc.embed(wallets), sqlc.embed(customers)
FROM wallets
JOIN customers ON customers.id = wallets.customer_id
WHERE wallets.id = ?;

-- name: ListWallets :many
SELECT wallets.id, wallets.name, wallets.temperature, wallets.archived_at, count(derived_keys.id) AS key_count
FROM wallets
LEFT JOIN derived_keys ON derived_keys.wallet_id = wallets.id AND derived_keys.status = 'active'
WHERE wallets.customer_id = ?
GROUP BY wallets.id, wallets.name, wallets.temperature, wallets.archived_at
ORDER BY wallets.name;

-- name: SetWalletTemperature :execrows
UPDATE wallets
SET temperature = ?
WHERE id = ?;

-- name: DeleteWallet :execrows
DELETE FROM wallets
WHERE id = ?;
