-- name: RecordApproval :exec
-- A signer may change their mind; the last decision counts.
INSERT INTO approvals (request_id, signer_id, decision, remark, proof)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE
  decision = VALUES(decision), remark = VALUES(remark), proof = VALUES(proof), decided_at = CURRENT_TIMESTAMP(6);

-- name: ListApprovals :many
SELECT sqlc.embed(approvals), signers.display_name
FROM approvals
JOIN signers ON signers.id = approvals.signer_id
WHERE approvals.request_id = ?
ORDER BY signers.id;

-- name: AddSignatures :exec
INSERT INTO signatures (request_id, input_number, signature, recovery_code)
VALUES (?, ?, ?, ?);

-- name: ListSignatures :many
SELECT request_id, input_number, signature, recovery_code
FROM signatures
WHERE request_id = ?
ORDER BY input_number;

-- name: AppendAuditEntry :execlastid
INSERT INTO audit_entries (request_id, actor, event_name, details, previous_hash, entry_hash)
VALUES (?, ?, ?, ?, ?, ?);

-- name: ListAuditEntries :many
-- The collation of actor ignores case.
SELECT id, request_id, actor, event_name, details, previous_hash, entry_hash
FROM audit_entries
WHERE actor = sqlc.arg(actor) AND id > sqlc.arg(after_id)
ORDER BY id
LIMIT ?;
