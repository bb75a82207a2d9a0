-- name: InsertBlock :execlastid
INSERT INTO blocks (chain_id, height, block_hash, parent_hash, mined_at)
VALUES (?, ?, ?, ?, ?);

-- name: OrphanBlocks :execrows
UPDATE blocks
SET is_canonical = FALSE
WHERE chain_id = sqlc.arg(chain_id) AND height >= sqlc.arg(from_height) AND is_canonical;

-- name: ListBlockGaps :many
-- Heights that the scan left out.
WITH neighbours AS (
  SELECT height, lag(height) OVER (ORDER BY height) AS previous_height
  FROM blocks
  WHERE chain_id = ? AND is_canonical
)
SELECT CAST(previous_height + 1 AS UNSIGNED) AS first_missing, CAST(height - 1 AS UNSIGNED) AS last_missing
FROM neighbours
WHERE height > previous_height + 1
ORDER BY height;

-- name: AdvanceScanCursor :exec
-- Never goes back; a reorganisation resets it by deleting the row.
INSERT INTO scan_cursors (chain_id, next_height, worker_name, heartbeat_at, state)
VALUES (?, ?, ?, CURRENT_TIMESTAMP(6), 'scanning')
ON DUPLICATE KEY UPDATE
  next_height = greatest(next_height, VALUES(next_height)),
  worker_name = VALUES(worker_name),
  heartbeat_at = VALUES(heartbeat_at),
  state = VALUES(state);

-- name: GetScanCursor :one
SELECT chain_id, next_height, worker_name, heartbeat_at, state
FROM scan_cursors
WHERE chain_id = ?;
