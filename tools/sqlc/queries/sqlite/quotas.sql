-- name: UpsertQuota :exec
INSERT INTO quotas (customer_id, resource_kind, ceiling)
VALUES (?, ?, ?)
ON CONFLICT (customer_id, resource_kind) DO UPDATE
SET ceiling = excluded.ceiling, renewed_at = CURRENT_TIMESTAMP;

-- name: GetQuota :one
SELECT customer_id, resource_kind, ceiling, consumed, renewed_at
FROM quotas
WHERE customer_id = ? AND resource_kind = ?;

-- name: ConsumeQuota :execrows
-- No row: the quota is used up, or there is none.
UPDATE quotas
SET consumed = consumed + sqlc.arg(requested)
WHERE customer_id = sqlc.arg(customer_id)
  AND resource_kind = sqlc.arg(resource_kind)
  AND consumed + sqlc.arg(requested) <= ceiling;

-- name: AddUsageCharge :exec
INSERT INTO usage_charges (customer_id, period_start, currency, amount)
VALUES (?, ?, ?, ?)
ON CONFLICT (customer_id, period_start, currency) DO UPDATE
SET amount = decimal_add(usage_charges.amount, excluded.amount);

-- name: SumUsageCharges :many
SELECT currency,
  CAST(decimal_sum(amount) AS TEXT) AS total,
  CAST(coalesce(decimal_sum(amount) FILTER (WHERE NOT is_settled), '0') AS TEXT) AS outstanding
FROM usage_charges
WHERE customer_id = ?
GROUP BY currency
HAVING decimal_cmp(decimal_sum(amount), '0') > 0
ORDER BY currency;

-- name: ListRunningCharges :many
SELECT period_start, currency, amount,
  CAST(decimal_sum(amount) OVER (PARTITION BY currency ORDER BY period_start) AS TEXT) AS running_total
FROM usage_charges
WHERE customer_id = ?
ORDER BY currency, period_start;
