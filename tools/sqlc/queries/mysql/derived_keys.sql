-- name: CreateDerivedKey :execlastid
INSERT INTO derived_keys (wallet_id, parent_id, algorithm, derivation_path, depth, public_material)
VALUES (?, ?, ?, ?, ?, ?);

-- name: GetDerivedKeys :many
SELECT id, wallet_id, parent_id, algorithm, derivation_path, depth, public_material, status, created_at, destroyed_at
FROM derived_keys
WHERE id IN (sqlc.slice(ids))
ORDER BY id;

-- name: FindDerivedKeyByPath :one
SELECT id, public_material, status
FROM derived_keys
WHERE wallet_id = ? AND algorithm = ? AND derivation_path = ?;

-- name: ListDescendantKeys :many
WITH RECURSIVE descendants AS (
  SELECT derived_keys.id, derived_keys.parent_id, derived_keys.derivation_path, 0 AS generation
  FROM derived_keys
  WHERE derived_keys.id = sqlc.arg(root_id)
  UNION ALL
  SELECT children.id, children.parent_id, children.derivation_path, descendants.generation + 1
  FROM derived_keys AS children
  JOIN descendants ON descendants.id = children.parent_id
)
SELECT descendants.id, descendants.parent_id, descendants.derivation_path, descendants.generation
FROM descendants
ORDER BY descendants.generation, descendants.id;

-- name: DestroyDerivedKey :execrows
UPDATE derived_keys
SET status = 'destroyed', destroyed_at = CURRENT_TIMESTAMP(6)
WHERE id = ? AND status <> 'destroyed';

-- name: DeleteDerivedKey :execrows
DELETE FROM derived_keys
WHERE id = ?;

-- name: AddKeyLabel :execrows
-- IGNORE would let other errors through too, a key that is not there for one.
INSERT INTO derived_key_labels (derived_key_id, label)
VALUES (?, ?)
ON DUPLICATE KEY UPDATE label = derived_key_labels.label;

-- name: ListKeysByLabel :many
-- The collation of label ignores case.
SELECT derived_keys.id, derived_keys.derivation_path, wallets.name AS wallet_name
FROM derived_key_labels
JOIN derived_keys ON derived_keys.id = derived_key_labels.derived_key_id
JOIN wallets ON wallets.id = derived_keys.wallet_id
WHERE derived_key_labels.label = ?
ORDER BY derived_keys.id;
