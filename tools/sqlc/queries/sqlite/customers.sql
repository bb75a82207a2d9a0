-- name: CreateCustomer :one
INSERT INTO customers (public_id, name, email, country_code)
VALUES (?, ?, ?, ?)
RETURNING id;

-- name: GetCustomer :one
SELECT id, public_id, name, email, tier, country_code, metadata, created_at, updated_at, closed_at
FROM customers
WHERE id = ?;

-- name: ListCustomers :many
-- Filters that are NULL let everything through.
SELECT id, public_id, name, tier, created_at
FROM customers
WHERE closed_at IS NULL
  AND (CAST(sqlc.narg(tier) AS TEXT) IS NULL OR tier = CAST(sqlc.narg(tier) AS TEXT))
  AND (CAST(sqlc.narg(country_code) AS TEXT) IS NULL OR country_code = CAST(sqlc.narg(country_code) AS TEXT))
ORDER BY id
LIMIT sqlc.arg(page_size) OFFSET sqlc.arg(page_offset);

-- name: UpdateCustomer :execrows
-- Changes only what is given.
UPDATE customers
SET name = coalesce(sqlc.narg(name), name),
    tier = coalesce(sqlc.narg(tier), tier),
    metadata = coalesce(sqlc.narg(metadata), metadata),
    updated_at = CURRENT_TIMESTAMP
WHERE id = sqlc.arg(id);

-- name: DeleteCustomer :execrows
DELETE FROM customers
WHERE id = ?;
