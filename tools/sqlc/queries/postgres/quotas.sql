-- name: UpsertQuota :exec
INSERT INTO quotas (customer_id, resource_kind, ceiling)
VALUES ($1, $2, $3)
ON CONFLICT (customer_id, resource_kind) DO UPDATE
SET ceiling = excluded.ceiling, renewed_at = now();

-- name: GetQuota :one
SELECT customer_id, resource_kind, ceiling, consumed, renewed_at
FROM quotas
WHERE customer_id = $1 AND resource_kind = $2;

-- name: ConsumeQuota :execrows
-- No row: the quota is used up, or there is none.
UPDATE quotas
SET consumed = consumed + sqlc.arg(requested)
WHERE customer_id = sqlc.arg(customer_id)
  AND resource_kind = sqlc.arg(resource_kind)
  AND consumed + sqlc.arg(requested) <= ceiling;

-- name: AddUsageCharge :exec
INSERT INTO usage_charges (customer_id, period_start, currency, amount)
VALUES ($1, $2, $3, $4)
ON CONFLICT (customer_id, period_start, currency) DO UPDATE
SET amount = usage_charges.amount + excluded.amount;

-- name: SumUsageCharges :many
SELECT currency,
  sum(amount)::numeric AS total,
  coalesce(sum(amount) FILTER (WHERE NOT is_settled), 0)::numeric AS outstanding
FROM usage_charges
WHERE customer_id = $1
GROUP BY currency
HAVING sum(amount) > 0
ORDER BY currency;

-- name: ListRunningCharges :many
SELECT period_start, currency, amount,
  (sum(amount) OVER (PARTITION BY currency ORDER BY period_start))::numeric AS running_total
FROM usage_charges
WHERE customer_id = $1
ORDER BY currency, period_start;
