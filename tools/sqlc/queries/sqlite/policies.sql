-- name: CreateSigner :one
INSERT INTO signers (email, display_name, duty, public_material)
VALUES (?, ?, ?, ?)
RETURNING id;

-- name: DeleteSigner :execrows
DELETE FROM signers
WHERE id = ?;

-- name: CreatePolicy :one
INSERT INTO policies (chain_id, name, min_approvals, max_amount, document)
VALUES (?, ?, ?, ?, ?)
RETURNING id;

-- name: FindMatchingPolicy :one
SELECT id, name, min_approvals, max_amount
FROM policies
WHERE is_enabled
  AND (chain_id IS NULL OR chain_id = CAST(sqlc.arg(chain_id) AS INTEGER))
  AND (max_amount IS NULL OR decimal_cmp(max_amount, CAST(sqlc.arg(amount) AS TEXT)) >= 0)
ORDER BY priority, id
LIMIT 1;

-- name: DeletePolicy :execrows
DELETE FROM policies
WHERE id = ?;

-- name: GrantPolicySigner :exec
INSERT INTO policy_signers (policy_id, signer_id, weight)
VALUES (?, ?, ?)
ON CONFLICT (policy_id, signer_id) DO UPDATE
SET weight = excluded.weight, granted_at = CURRENT_TIMESTAMP;

-- name: ListPolicySigners :many
SELECT sqlc.embed(signers), policy_signers.weight
FROM policy_signers
JOIN signers ON signers.id = policy_signers.signer_id
WHERE policy_signers.policy_id = ? AND signers.disabled_at IS NULL
ORDER BY policy_signers.weight DESC, signers.id;

-- name: SpendWithinLimit :execrows
-- Amounts are texts, since a number would lose digits: the functions decimal_* are those of SQLite's decimal extension.
UPDATE spending_limits
SET spent = decimal_add(spent, CAST(sqlc.arg(amount) AS TEXT))
WHERE policy_id = sqlc.arg(policy_id)
  AND period_kind = sqlc.arg(period_kind)
  AND decimal_cmp(decimal_add(spent, CAST(sqlc.arg(amount) AS TEXT)), ceiling) <= 0;

-- name: UpsertSpendingLimit :exec
INSERT INTO spending_limits (policy_id, period_kind, ceiling, resets_at)
VALUES (?, ?, ?, ?)
ON CONFLICT (policy_id, period_kind) DO UPDATE
SET ceiling = excluded.ceiling, resets_at = excluded.resets_at;

-- name: ListSpendingLimits :many
SELECT id, period_kind, ceiling, spent, resets_at
FROM spending_limits
WHERE policy_id = ?
ORDER BY id;
