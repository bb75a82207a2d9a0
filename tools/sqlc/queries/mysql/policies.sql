-- name: CreateSigner :execlastid
INSERT INTO signers (email, display_name, duty, public_material)
VALUES (?, ?, ?, ?);

-- name: DeleteSigner :execrows
DELETE FROM signers
WHERE id = ?;

-- name: CreatePolicy :execlastid
INSERT INTO policies (chain_id, name, min_approvals, max_amount, document)
VALUES (?, ?, ?, ?, ?);

-- name: FindMatchingPolicy :one
SELECT id, name, min_approvals, max_amount
FROM policies
WHERE is_enabled
  AND (chain_id IS NULL OR chain_id = sqlc.arg(chain_id))
  AND (max_amount IS NULL OR max_amount >= CAST(sqlc.arg(amount) AS DECIMAL(38,18)))
ORDER BY priority, id
LIMIT 1;

-- name: DeletePolicy :execrows
DELETE FROM policies
WHERE id = ?;

-- name: GrantPolicySigner :exec
INSERT INTO policy_signers (policy_id, signer_id, weight)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE weight = VALUES(weight), granted_at = CURRENT_TIMESTAMP(6);

-- name: ListPolicySigners :many
SELECT sqlc.embed(signers), policy_signers.weight
FROM policy_signers
JOIN signers ON signers.id = policy_signers.signer_id
WHERE policy_signers.policy_id = ? AND signers.disabled_at IS NULL
ORDER BY policy_signers.weight DESC, signers.id;

-- name: SpendWithinLimit :execrows
-- Without the casts a parameter is text, and the sum a double.
UPDATE spending_limits
SET spent = spent + CAST(sqlc.arg(amount) AS DECIMAL(38,18))
WHERE policy_id = sqlc.arg(policy_id)
  AND period_kind = sqlc.arg(period_kind)
  AND spent + CAST(sqlc.arg(amount) AS DECIMAL(38,18)) <= ceiling;

-- name: UpsertSpendingLimit :exec
INSERT INTO spending_limits (policy_id, period_kind, ceiling, resets_at)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE ceiling = VALUES(ceiling), resets_at = VALUES(resets_at);

-- name: ListSpendingLimits :many
SELECT id, period_kind, ceiling, spent, resets_at
FROM spending_limits
WHERE policy_id = ?
ORDER BY id;
