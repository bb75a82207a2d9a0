-- name: CreateMasterKey :execlastid
INSERT INTO master_keys (label, algorithm, hsm_slot, check_value)
VALUES (?, ?, ?, ?);

-- name: CreateSeed :exec
INSERT INTO seeds (wallet_id, master_key_id, ciphertext, nonce, fingerprint)
VALUES (?, ?, ?, ?, ?);

-- name: GetSeedWithMasterKey :one
SELECT sqlc.embed(seeds), sqlc.embed(master_keys)
FROM seeds
JOIN master_keys ON master_keys.id = seeds.master_key_id
WHERE seeds.wallet_id = ?;

-- name: ReencryptSeed :execrows
UPDATE seeds
SET master_key_id = ?, ciphertext = ?, nonce = ?
WHERE wallet_id = ?;

-- name: RecordSeedRotation :exec
INSERT INTO seed_rotations (wallet_id, master_key_id, cause)
VALUES (?, ?, ?);

-- name: ListSeedRotations :many
SELECT seed_rotations.id, seed_rotations.cause, seed_rotations.rotated_at, master_keys.label AS master_key_label
FROM seed_rotations
LEFT JOIN master_keys ON master_keys.id = seed_rotations.master_key_id
WHERE seed_rotations.wallet_id = ?
ORDER BY seed_rotations.id;

-- name: DeleteMasterKey :execrows
DELETE FROM master_keys
WHERE id = ?;
