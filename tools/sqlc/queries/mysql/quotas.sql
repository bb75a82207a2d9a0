-- name: UpsertQuota :exec
INSERT INTO quotas (customer_id, resource_kind, ceiling)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE ceiling = VALUES(ceiling), renewed_at = CURRENT_TIMESTAMP(6);

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
ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount);

-- name: SumUsageCharges :many
SELECT currency,
  CAST(sum(amount) AS DECIMAL(38,18)) AS total,
  CAST(coalesce(sum(CASE WHEN NOT is_settled THEN amount END), 0) AS DECIMAL(38,18)) AS outstanding
FROM usage_charges
WHERE customer_id = ?
GROUP BY currency
HAVING sum(amount) > 0
ORDER BY currency;

-- name: ListRunningCharges :many
SELECT period_start, currency, amount,
  CAST(sum(amount) OVER (PARTITION BY currency ORDER BY period_start) AS DECIMAL(38,18)) AS running_total
FROM usage_charges
WHERE customer_id = ?
ORDER BY currency, period_start;
