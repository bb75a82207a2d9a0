-- name: CreateSigner :one
INSERT INTO signers (email, display_name, duty, public_material)
VALUES ($1, $2, $3, $4)
RETURNING id;

-- name: DeleteSigner :execrows
DELETE FROM signers
WHERE id = $1;

-- name: CreatePolicy :one
INSERT INTO policies (chain_id, name, min_approvals, max_amount, document)
VALUES ($1, $2, $3, $4, $5)
RETURNING id;

-- name: FindMatchingPolicy :one
SELECT id, name, min_approvals, max_amount
FROM policies
WHERE is_enabled
  AND (chain_id IS NULL OR chain_id = sqlc.arg(chain_id)::integer)
  AND (max_amount IS NULL OR max_amount >= sqlc.arg(amount)::numeric)
ORDER BY priority, id
LIMIT 1;

-- name: DeletePolicy :execrows
DELETE FROM policies
WHERE id = $1;

-- name: GrantPolicySigner :exec
INSERT INTO policy_signers (policy_id, signer_id, weight)
VALUES ($1, $2, $3)
ON CONFLICT (policy_id, signer_id) DO UPDATE
SET weight = excluded.weight, granted_at = now();

-- name: ListPolicySigners :many
SELECT sqlc.embed(signers), policy_signers.weight
FROM policy_signers
JOIN signers ON signers.id = policy_signers.signer_id
WHERE policy_signers.policy_id = $1 AND signers.disabled_at IS NULL
ORDER BY policy_signers.weight DESC, signers.id;

-- name: SpendWithinLimit :execrows
UPDATE spending_limits
SET spent = spent + sqlc.arg(amount)
WHERE policy_id = sqlc.arg(policy_id)
  AND period_kind = sqlc.arg(period_kind)
  AND spent + sqlc.arg(amount) <= ceiling;

-- name: UpsertSpendingLimit :exec
INSERT INTO spending_limits (policy_id, period_kind, ceiling, resets_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (policy_id, period_kind) DO UPDATE
SET ceiling = excluded.ceiling, resets_at = excluded.resets_at;

-- name: ListSpendingLimits :many
SELECT id, period_kind, ceiling, spent, resets_at
FROM spending_limits
WHERE policy_id = $1
ORDER BY id;
