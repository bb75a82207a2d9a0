-- name: CreateWebhook :exec
INSERT INTO webhooks (id, customer_public_id, target_url, secret_ciphertext, event_filter)
VALUES (?, ?, ?, ?, ?);

-- name: ListWebhooks :many
SELECT id, target_url, content_kind, event_filter, is_enabled, failure_count
FROM webhooks
WHERE customer_public_id = ?
ORDER BY created_at, id;

-- name: DeleteWebhook :execrows
DELETE FROM webhooks
WHERE id = ?;

-- name: EnqueueDelivery :one
INSERT INTO webhook_deliveries (webhook_id, transfer_id, request_body, next_attempt_at)
VALUES (?, ?, ?, ?)
RETURNING id;

-- name: LockDueDeliveries :many
-- Two workers never get the same delivery, if each calls RescheduleDeliveries in the same transaction.
SELECT id, webhook_id, request_body, attempt_count
FROM webhook_deliveries
WHERE status = 'queued' AND next_attempt_at <= sqlc.arg(due_at)
ORDER BY next_attempt_at, id
LIMIT sqlc.arg(page_size);

-- name: RescheduleDeliveries :execrows
UPDATE webhook_deliveries
SET attempt_count = attempt_count + 1, next_attempt_at = sqlc.arg(retry_at)
WHERE id IN (sqlc.slice(ids));

-- name: FinishDelivery :execrows
UPDATE webhook_deliveries
SET status = sqlc.arg(status), response_code = sqlc.narg(response_code), finished_at = CURRENT_TIMESTAMP
WHERE id = sqlc.arg(id);

-- name: GetDelivery :one
SELECT id, webhook_id, transfer_id, status, request_body, attempt_count, response_code, next_attempt_at, created_at, finished_at
FROM webhook_deliveries
WHERE id = ?;
