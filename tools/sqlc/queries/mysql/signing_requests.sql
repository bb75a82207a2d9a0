-- name: CreateSigningRequest :exec
-- A JSON column has no literal default.
INSERT INTO signing_requests (
  id, customer_public_id, derived_key_id, chain_id, policy_id, destination, amount,
  payload, payload_digest, idempotency_token, expires_at, context
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}');

-- name: GetSigningRequest :one
SELECT id, customer_public_id, derived_key_id, chain_id, policy_id, status, destination, amount,
  payload, payload_digest, idempotency_token, context, requested_at, expires_at, completed_at
FROM signing_requests
WHERE id = ?;

-- name: ListSigningRequests :many
-- Filters that are NULL let everything through.
SELECT sqlc.embed(signing_requests), chains.name AS chain_name, policies.name AS policy_name
FROM signing_requests
JOIN chains ON chains.id = signing_requests.chain_id
LEFT JOIN policies ON policies.id = signing_requests.policy_id
WHERE signing_requests.customer_public_id = sqlc.arg(customer_public_id)
  AND (sqlc.narg(status) IS NULL OR signing_requests.status = sqlc.narg(status))
  AND (sqlc.narg(min_amount) IS NULL OR signing_requests.amount >= CAST(sqlc.narg(min_amount) AS DECIMAL(38,18)))
ORDER BY signing_requests.requested_at DESC, signing_requests.id
LIMIT ?;

-- name: ListApprovedRequests :many
-- Pending requests whose approvals, by weight, satisfy their policy, and that nobody rejected.
WITH tallies AS (
  SELECT approvals.request_id,
    sum(CASE WHEN approvals.decision = 'approve' THEN coalesce(policy_signers.weight, 1) ELSE 0 END) AS approving,
    sum(CASE WHEN approvals.decision = 'reject' THEN 1 ELSE 0 END) AS rejecting
  FROM approvals
  JOIN signing_requests ON signing_requests.id = approvals.request_id
  LEFT JOIN policy_signers
    ON policy_signers.signer_id = approvals.signer_id AND policy_signers.policy_id = signing_requests.policy_id
  GROUP BY approvals.request_id
)
SELECT signing_requests.id, policies.name AS policy_name, CAST(tallies.approving AS SIGNED) AS approving
FROM signing_requests
JOIN policies ON policies.id = signing_requests.policy_id
JOIN tallies ON tallies.request_id = signing_requests.id
WHERE signing_requests.status = 'pending'
  AND tallies.rejecting = 0
  AND tallies.approving >= policies.min_approvals
ORDER BY signing_requests.id;

-- name: CompleteSigningRequest :execrows
UPDATE signing_requests
SET status = sqlc.arg(status), completed_at = CURRENT_TIMESTAMP(6)
WHERE id = sqlc.arg(id) AND status = 'pending';

-- name: ExpireSigningRequests :execrows
UPDATE signing_requests
SET status = 'expired', completed_at = CURRENT_TIMESTAMP(6)
WHERE status = 'pending' AND expires_at <= sqlc.arg(expired_at);

-- name: CountSigningRequests :many
SELECT status, count(*) AS request_count, CAST(sum(amount) AS DECIMAL(38,18)) AS total_amount
FROM signing_requests
WHERE chain_id = ?
GROUP BY status
ORDER BY status;

-- name: DeleteSigningRequest :execrows
DELETE FROM signing_requests
WHERE id = ?;

-- name: TakeNextNonce :execlastid
-- The number to use now; the row holds the one after it. A new row leaves LAST_INSERT_ID() at 0.
INSERT INTO key_nonces (chain_id, derived_key_id, next_nonce)
VALUES (?, ?, 1)
ON DUPLICATE KEY UPDATE next_nonce = LAST_INSERT_ID(next_nonce) + 1;
