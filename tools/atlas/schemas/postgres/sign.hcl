schema "public" {
}

enum "chain_kind" {
  schema = schema.public
  values = ["evm", "utxo", "solana"]
}

enum "request_status" {
  schema = schema.public
  values = ["pending", "approved", "rejected", "signed", "expired"]
}

enum "approval_decision" {
  schema = schema.public
  values = ["approve", "reject", "abstain"]
}

table "chains" {
  schema  = schema.public
  comment = "Blockchain networks; the same table stands in the databases sign and watch"
  column "id" {
    null    = false
    type    = integer
    comment = "Number of the network in our own registry, the same in each database"
  }
  column "kind" {
    null = false
    type = enum.chain_kind
  }
  column "name" {
    null    = false
    type    = varchar(60)
    comment = "Name as customers write it, in lower case"
  }
  column "native_symbol" {
    null = false
    type = varchar(12)
  }
  column "decimals" {
    null    = false
    type    = smallint
    default = 18
    comment = "Digits behind the point in the smallest unit"
  }
  column "is_testnet" {
    null    = false
    type    = boolean
    default = false
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_chains_name" {
    unique  = true
    columns = [column.name]
  }
  index "idx_chains_kind_name" {
    columns = [column.kind, column.name]
    comment = "Networks with real money, for the pickers"
    where   = "NOT is_testnet"
  }
  check "chk_chains_decimals" {
    expr = "decimals BETWEEN 0 AND 36"
  }
  check "chk_chains_name" {
    expr = "name = lower(name)"
  }
}

table "signers" {
  schema  = schema.public
  comment = "People and machines that approve signing requests"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "email" {
    null = false
    type = varchar(254)
  }
  column "display_name" {
    null = false
    type = varchar(120)
  }
  column "duty" {
    null    = false
    type    = varchar(16)
    default = "approver"
  }
  column "public_material" {
    null    = false
    type    = bytea
    comment = "Verifies the signature on each approval"
  }
  column "enrolled_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "disabled_at" {
    null = true
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_signers_lower_email" {
    unique = true
    on {
      expr = "lower(email)"
    }
    comment = "One signer for an address, however it is spelled"
  }
  index "idx_signers_duty" {
    columns = [column.duty]
    where   = "disabled_at IS NULL"
  }
  check "chk_signers_duty" {
    expr = "duty IN ('approver', 'operator', 'auditor')"
  }
  check "chk_signers_disabled_at" {
    expr = "disabled_at >= enrolled_at"
  }
}

table "policies" {
  schema  = schema.public
  comment = "Rules that a request has to satisfy before it is signed"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "chain_id" {
    null    = true
    type    = integer
    comment = "Empty: the policy holds on each chain"
  }
  column "name" {
    null = false
    type = varchar(80)
  }
  column "min_approvals" {
    null    = false
    type    = smallint
    default = 1
  }
  column "max_amount" {
    null    = true
    type    = numeric(38, 18)
    comment = "Per request, in the unit of the chain; empty: no limit"
  }
  column "document" {
    null    = false
    type    = jsonb
    default = "{}"
    comment = "Conditions beyond amount and approvals"
  }
  column "priority" {
    null    = false
    type    = integer
    default = 100
    comment = "The matching policy with the lowest number decides"
  }
  column "is_enabled" {
    null    = false
    type    = boolean
    default = true
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "updated_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_policies_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_policies_name" {
    unique  = true
    columns = [column.name]
  }
  index "idx_policies_chain_id_priority" {
    columns = [column.chain_id, column.priority]
  }
  index "idx_policies_priority" {
    columns = [column.priority]
    where   = "is_enabled"
  }
  check "chk_policies_min_approvals" {
    expr = "min_approvals BETWEEN 0 AND 10"
  }
  check "chk_policies_max_amount" {
    expr = "max_amount > 0"
  }
}

table "policy_signers" {
  schema  = schema.public
  comment = "Who may approve under which policy"
  column "policy_id" {
    null = false
    type = bigint
  }
  column "signer_id" {
    null = false
    type = bigint
  }
  column "weight" {
    null    = false
    type    = smallint
    default = 1
    comment = "Counts as so many approvals"
  }
  column "granted_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.policy_id, column.signer_id]
  }
  foreign_key "fk_policy_signers_policies" {
    columns     = [column.policy_id]
    ref_columns = [table.policies.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_policy_signers_signers" {
    columns     = [column.signer_id]
    ref_columns = [table.signers.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_policy_signers_signer_id" {
    columns = [column.signer_id]
  }
  check "chk_policy_signers_weight" {
    expr = "weight BETWEEN 1 AND 5"
  }
}

table "spending_limits" {
  schema  = schema.public
  comment = "Ceilings over a period, for each policy"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "policy_id" {
    null = false
    type = bigint
  }
  column "period_kind" {
    null = false
    type = varchar(8)
  }
  column "ceiling" {
    null = false
    type = numeric(38, 18)
  }
  column "spent" {
    null    = false
    type    = numeric(38, 18)
    default = 0
  }
  column "resets_at" {
    null = false
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_spending_limits_policies" {
    columns     = [column.policy_id]
    ref_columns = [table.policies.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_spending_limits_policy_id_period_kind" {
    unique  = true
    columns = [column.policy_id, column.period_kind]
  }
  index "idx_spending_limits_resets_at" {
    columns = [column.resets_at]
  }
  check "chk_spending_limits_period_kind" {
    expr = "period_kind IN ('hour', 'day', 'month')"
  }
  check "chk_spending_limits_ceiling" {
    expr = "ceiling > 0"
  }
  check "chk_spending_limits_spent" {
    expr = "spent >= 0 AND spent <= ceiling"
  }
}

table "signing_requests" {
  schema  = schema.public
  comment = "One payload that a customer wants signed"
  column "id" {
    null = false
    type = uuid
  }
  column "customer_public_id" {
    null    = false
    type    = uuid
    comment = "customers.public_id of the database keygen"
  }
  column "derived_key_id" {
    null    = false
    type    = bigint
    comment = "derived_keys.id of the database keygen"
  }
  column "chain_id" {
    null = false
    type = integer
  }
  column "policy_id" {
    null    = true
    type    = bigint
    comment = "Policy that was applied; empty until one matched"
  }
  column "status" {
    null    = false
    type    = enum.request_status
    default = "pending"
  }
  column "destination" {
    null = false
    type = varchar(128)
  }
  column "amount" {
    null = false
    type = numeric(38, 18)
  }
  column "payload" {
    null = false
    type = bytea
  }
  column "payload_digest" {
    null = false
    type = bytea
  }
  column "idempotency_token" {
    null    = false
    type    = varchar(64)
    comment = "Chosen by the customer; a repeated call finds the first request"
  }
  column "context" {
    null    = false
    type    = jsonb
    default = "{}"
  }
  column "requested_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "expires_at" {
    null = false
    type = timestamptz
  }
  column "completed_at" {
    null = true
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_signing_requests_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  foreign_key "fk_signing_requests_policies" {
    columns     = [column.policy_id]
    ref_columns = [table.policies.column.id]
    on_update   = NO_ACTION
    on_delete   = SET_NULL
  }
  index "idx_signing_requests_customer_public_id_idempotency_token" {
    unique  = true
    columns = [column.customer_public_id, column.idempotency_token]
  }
  index "idx_signing_requests_chain_id_status_requested_at" {
    on {
      column = column.chain_id
    }
    on {
      column = column.status
    }
    on {
      desc   = true
      column = column.requested_at
    }
  }
  index "idx_signing_requests_policy_id" {
    columns = [column.policy_id]
  }
  index "idx_signing_requests_derived_key_id_requested_at" {
    columns = [column.derived_key_id, column.requested_at]
  }
  index "idx_signing_requests_expires_at" {
    columns = [column.expires_at]
    comment = "What the expiry job looks for"
    where   = "status = 'pending'"
  }
  check "chk_signing_requests_amount" {
    expr = "amount >= 0"
  }
  check "chk_signing_requests_payload" {
    expr = "length(payload) > 0"
  }
  check "chk_signing_requests_payload_digest" {
    expr = "length(payload_digest) = 32"
  }
  check "chk_signing_requests_expires_at" {
    expr = "expires_at > requested_at"
  }
  check "chk_signing_requests_completed_at" {
    expr = "(completed_at IS NULL) OR (status <> 'pending')"
  }
}

table "approvals" {
  schema  = schema.public
  comment = "Decisions of signers; one for each request and signer"
  column "request_id" {
    null = false
    type = uuid
  }
  column "signer_id" {
    null = false
    type = bigint
  }
  column "decision" {
    null = false
    type = enum.approval_decision
  }
  column "remark" {
    null = true
    type = varchar(500)
  }
  column "proof" {
    null    = false
    type    = bytea
    comment = "Signature of the signer over request and decision"
  }
  column "decided_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.request_id, column.signer_id]
  }
  foreign_key "fk_approvals_signing_requests" {
    columns     = [column.request_id]
    ref_columns = [table.signing_requests.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_approvals_signers" {
    columns     = [column.signer_id]
    ref_columns = [table.signers.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  index "idx_approvals_signer_id_decided_at" {
    on {
      column = column.signer_id
    }
    on {
      desc   = true
      column = column.decided_at
    }
  }
  index "idx_approvals_request_id" {
    columns = [column.request_id]
    where   = "decision = 'reject'"
  }
  check "chk_approvals_proof" {
    expr = "length(proof) BETWEEN 64 AND 72"
  }
}

table "signatures" {
  schema  = schema.public
  comment = "Results of signing; several where a payload has several inputs"
  column "request_id" {
    null = false
    type = uuid
  }
  column "input_number" {
    null    = false
    type    = smallint
    default = 0
  }
  column "signature" {
    null = false
    type = bytea
  }
  column "recovery_code" {
    null    = true
    type    = smallint
    comment = "For ECDSA recovery on EVM chains"
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.request_id, column.input_number]
  }
  foreign_key "fk_signatures_signing_requests" {
    columns     = [column.request_id]
    ref_columns = [table.signing_requests.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_signatures_created_at" {
    columns = [column.created_at]
  }
  check "chk_signatures_recovery_code" {
    expr = "recovery_code IN (0, 1, 2, 3)"
  }
  check "chk_signatures_input_number" {
    expr = "input_number >= 0"
  }
  check "chk_signatures_signature" {
    expr = "length(signature) BETWEEN 64 AND 72"
  }
}

table "key_nonces" {
  schema  = schema.public
  comment = "Next transaction number of each key on each chain"
  column "chain_id" {
    null = false
    type = integer
  }
  column "derived_key_id" {
    null = false
    type = bigint
  }
  column "next_nonce" {
    null    = false
    type    = bigint
    default = 0
  }
  column "updated_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.chain_id, column.derived_key_id]
  }
  foreign_key "fk_key_nonces_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_key_nonces_derived_key_id" {
    columns = [column.derived_key_id]
  }
  check "chk_key_nonces_next_nonce" {
    expr = "next_nonce >= 0"
  }
}

table "audit_entries" {
  schema  = schema.public
  comment = "Hash chain of everything that happened; rows are never changed"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "request_id" {
    null    = true
    type    = uuid
    comment = "Stays when the request is purged, without its reference"
  }
  column "actor" {
    null = false
    type = varchar(120)
  }
  column "event_name" {
    null = false
    type = varchar(40)
  }
  column "details" {
    null = true
    type = jsonb
  }
  column "previous_hash" {
    null    = true
    type    = bytea
    comment = "Empty in the first entry only"
  }
  column "entry_hash" {
    null = false
    type = bytea
  }
  column "recorded_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_audit_entries_signing_requests" {
    columns     = [column.request_id]
    ref_columns = [table.signing_requests.column.id]
    on_update   = NO_ACTION
    on_delete   = SET_NULL
  }
  index "idx_audit_entries_entry_hash" {
    unique  = true
    columns = [column.entry_hash]
  }
  index "idx_audit_entries_request_id_recorded_at" {
    columns = [column.request_id, column.recorded_at]
  }
  index "idx_audit_entries_lower_actor_recorded_at" {
    on {
      expr = "lower(actor)"
    }
    on {
      column = column.recorded_at
    }
    comment = "Search by actor, whatever the spelling"
  }
  check "chk_audit_entries_entry_hash" {
    expr = "length(entry_hash) = 32"
  }
  check "chk_audit_entries_previous_hash" {
    expr = "length(previous_hash) = 32"
  }
}
