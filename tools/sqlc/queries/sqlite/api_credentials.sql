-- name: CreateApiCredential :one
INSERT INTO api_credentials (customer_id, prefix, secret_digest, scopes, expires_at)
VALUES (?, ?, ?, ?, ?)
RETURNING id;

-- name: FindApiCredential :one
-- Finds a credential that may still be used, with its customer.
SELECT sqlc.embed(api_credentials), sqlc.embed(customers)
FROM api_credentials
JOIN customers ON customers.id = api_credentials.customer_id
WHERE api_credentials.prefix = ?
  AND api_credentials.revoked_at IS NULL
  AND (api_credentials.expires_at IS NULL OR api_credentials.expires_at > CURRENT_TIMESTAMP)
  AND customers.closed_at IS NULL;

-- name: TouchApiCredential :exec
UPDATE api_credentials
SET last_used_at = ?
WHERE id = ?;

-- name: RevokeApiCredentials :execrows
UPDATE api_credentials
SET revoked_at = CURRENT_TIMESTAMP
WHERE id IN (sqlc.slice(ids)) AND revoked_at IS NULL;

-- name: DeleteUnusedApiCredentials :execresult
DELETE FROM api_credentials
WHERE coalesce(last_used_at, created_at) < sqlc.arg(unused_since);
