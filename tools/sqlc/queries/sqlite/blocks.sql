-- name: InsertBlock :one
INSERT INTO blocks (chain_id, height, block_hash, parent_hash, mined_at)
VALUES (?, ?, ?, ?, ?)
RETURNING id;

-- name: OrphanBlocks :execrows
UPDATE blocks
SET is_canonical = false
WHERE chain_id = sqlc.arg(chain_id) AND height >= sqlc.arg(from_height) AND is_canonical;

-- name: ListBlockGaps :many
-- Heights that the scan left out.
WITH neighbours AS (
  SELECT height, lag(height) OVER (ORDER BY height) AS previous_height
  FROM blocks
  WHERE chain_id = ? AND is_canonical
)
SELECT CAST(previous_height + 1 AS INTEGER) AS first_missing, CAST(height - 1 AS INTEGER) AS last_missing
FROM neighbours
WHERE height > previous_height + 1
ORDER BY height;

-- name: AdvanceScanCursor :exec
-- Never goes back; a reorganisation resets it by deleting the row.
INSERT INTO scan_cursors (chain_id, next_height, worker_name, heartbeat_at, state)
VALUES (?, ?, ?, CURRENT_TIMESTAMP, 'scanning')
ON CONFLICT (chain_id) DO UPDATE
SET next_height = max(scan_cursors.next_height, excluded.next_height),
    worker_name = excluded.worker_name,
    heartbeat_at = excluded.heartbeat_at,
    state = excluded.state;

-- name: GetScanCursor :one
SELECT chain_id, next_height, worker_name, heartbeat_at, state
FROM scan_cursors
WHERE chain_id = ?;
