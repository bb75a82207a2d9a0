-- name: CreateCustomer :execlastid
-- A JSON column has no literal default.
INSERT INTO customers (public_id, name, email, country_code, metadata)
VALUES (?, ?, ?, ?, '{}');

-- name: GetCustomer :one
SELECT id, public_id, name, email, tier, country_code, metadata, created_at, updated_at, closed_at
FROM customers
WHERE id = ?;

-- name: ListCustomers :many
-- Filters that are NULL let everything through.
SELECT id, public_id, name, tier, created_at
FROM customers
WHERE closed_at IS NULL
  AND (sqlc.narg(tier) IS NULL OR tier = sqlc.narg(tier))
  AND (sqlc.narg(country_code) IS NULL OR country_code = sqlc.narg(country_code))
ORDER BY id
LIMIT ? OFFSET ?;

-- name: UpdateCustomer :execrows
-- Changes only what is given.
UPDATE customers
SET name = coalesce(sqlc.narg(name), name),
    tier = coalesce(sqlc.narg(tier), tier),
    metadata = coalesce(sqlc.narg(metadata), metadata)
WHERE id = sqlc.arg(id);

-- name: DeleteCustomer :execrows
DELETE FROM customers
WHERE id = ?;
