schema "sign" {
  charset = "utf8mb4"
  collate = "utf8mb4_0900_ai_ci"
}

table "chains" {
  schema  = schema.sign
  comment = "Blockchain networks; the same table stands in the databases sign and watch"
  column "id" {
    null     = false
    type     = int
    unsigned = true
    comment  = "Number of the network in our own registry, the same in each database"
  }
  column "kind" {
    null = false
    type = enum("evm", "utxo", "solana")
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
    null     = false
    type     = tinyint
    unsigned = true
    default  = 18
    comment  = "Digits behind the point in the smallest unit"
  }
  column "is_testnet" {
    null    = false
    type    = bool
    default = false
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
  }
  check "chk_chains_decimals" {
    expr = "decimals BETWEEN 0 AND 36"
  }
}

table "signers" {
  schema  = schema.sign
  comment = "People and machines that approve signing requests"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
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
    type    = enum("approver", "operator", "auditor")
    default = "approver"
  }
  column "public_material" {
    null    = false
    type    = varbinary(65)
    comment = "Verifies the signature on each approval"
  }
  column "enrolled_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "disabled_at" {
    null = true
    type = datetime(6)
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_signers_email" {
    unique  = true
    columns = [column.email]
    comment = "One signer for an address: the collation ignores how it is spelled"
  }
  index "idx_signers_duty" {
    columns = [column.duty]
  }
}

table "policies" {
  schema  = schema.sign
  comment = "Rules that a request has to satisfy before it is signed"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "chain_id" {
    null     = true
    type     = int
    unsigned = true
    comment  = "Empty: the policy holds on each chain"
  }
  column "name" {
    null = false
    type = varchar(80)
  }
  column "min_approvals" {
    null     = false
    type     = tinyint
    unsigned = true
    default  = 1
  }
  column "max_amount" {
    null    = true
    type    = decimal(38, 18)
    comment = "Per request, in the unit of the chain; empty: no limit"
  }
  column "document" {
    null    = false
    type    = json
    comment = "Conditions beyond amount and approvals"
  }
  column "priority" {
    null    = false
    type    = int
    default = 100
    comment = "The matching policy with the lowest number decides"
  }
  column "is_enabled" {
    null    = false
    type    = bool
    default = true
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "updated_at" {
    null      = false
    type      = datetime(6)
    default   = sql("CURRENT_TIMESTAMP(6)")
    on_update = sql("CURRENT_TIMESTAMP(6)")
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
  }
  check "chk_policies_min_approvals" {
    expr = "min_approvals BETWEEN 0 AND 10"
  }
  check "chk_policies_max_amount" {
    expr = "max_amount > 0"
  }
}

table "policy_signers" {
  schema  = schema.sign
  comment = "Who may approve under which policy"
  column "policy_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "signer_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "weight" {
    null     = false
    type     = tinyint
    unsigned = true
    default  = 1
    comment  = "Counts as so many approvals"
  }
  column "granted_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
  schema  = schema.sign
  comment = "Ceilings over a period, for each policy"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "policy_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "period_kind" {
    null = false
    type = enum("hour", "day", "month")
  }
  column "ceiling" {
    null = false
    type = decimal(38, 18)
  }
  column "spent" {
    null    = false
    type    = decimal(38, 18)
    default = 0
  }
  column "resets_at" {
    null = false
    type = datetime(6)
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
  check "chk_spending_limits_ceiling" {
    expr = "ceiling > 0"
  }
}

table "signing_requests" {
  schema  = schema.sign
  comment = "One payload that a customer wants signed"
  column "id" {
    null = false
    type = char(36)
  }
  column "customer_public_id" {
    null    = false
    type    = char(36)
    comment = "customers.public_id of the database keygen"
  }
  column "derived_key_id" {
    null     = false
    type     = bigint
    unsigned = true
    comment  = "derived_keys.id of the database keygen"
  }
  column "chain_id" {
    null     = false
    type     = int
    unsigned = true
  }
  column "policy_id" {
    null     = true
    type     = bigint
    unsigned = true
    comment  = "Policy that was applied; empty until one matched"
  }
  column "status" {
    null    = false
    type    = enum("pending", "approved", "rejected", "signed", "expired")
    default = "pending"
  }
  column "destination" {
    null    = false
    type    = varchar(128)
    collate = "utf8mb4_bin"
  }
  column "amount" {
    null = false
    type = decimal(38, 18)
  }
  column "payload" {
    null = false
    type = mediumblob
  }
  column "payload_digest" {
    null = false
    type = binary(32)
  }
  column "idempotency_token" {
    null    = false
    type    = varchar(64)
    collate = "utf8mb4_0900_as_cs"
    comment = "Chosen by the customer; a repeated call finds the first request"
  }
  column "context" {
    null = false
    type = json
  }
  column "requested_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "expires_at" {
    null = false
    type = datetime(6)
  }
  column "completed_at" {
    null = true
    type = datetime(6)
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
  }
  index "idx_signing_requests_destination" {
    on {
      column = column.destination
      prefix = 24
    }
  }
}

table "approvals" {
  schema  = schema.sign
  comment = "Decisions of signers; one for each request and signer"
  column "request_id" {
    null = false
    type = char(36)
  }
  column "signer_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "decision" {
    null = false
    type = enum("approve", "reject", "abstain")
  }
  column "remark" {
    null = true
    type = varchar(500)
  }
  column "proof" {
    null    = false
    type    = varbinary(72)
    comment = "Signature of the signer over request and decision"
  }
  column "decided_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
}

table "signatures" {
  schema  = schema.sign
  comment = "Results of signing; several where a payload has several inputs"
  column "request_id" {
    null = false
    type = char(36)
  }
  column "input_number" {
    null     = false
    type     = smallint
    unsigned = true
    default  = 0
  }
  column "signature" {
    null = false
    type = varbinary(72)
  }
  column "recovery_code" {
    null     = true
    type     = tinyint
    unsigned = true
    comment  = "For ECDSA recovery on EVM chains"
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
}

table "key_nonces" {
  schema  = schema.sign
  comment = "Next transaction number of each key on each chain"
  column "chain_id" {
    null     = false
    type     = int
    unsigned = true
  }
  column "derived_key_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "next_nonce" {
    null     = false
    type     = bigint
    unsigned = true
    default  = 0
  }
  column "updated_at" {
    null      = false
    type      = datetime(6)
    default   = sql("CURRENT_TIMESTAMP(6)")
    on_update = sql("CURRENT_TIMESTAMP(6)")
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
}

table "audit_entries" {
  schema  = schema.sign
  comment = "Hash chain of everything that happened; rows are never changed"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "request_id" {
    null    = true
    type    = char(36)
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
    type = json
  }
  column "previous_hash" {
    null    = true
    type    = binary(32)
    comment = "Empty in the first entry only"
  }
  column "entry_hash" {
    null = false
    type = binary(32)
  }
  column "recorded_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
  index "idx_audit_entries_actor_recorded_at" {
    columns = [column.actor, column.recorded_at]
    comment = "Search by actor, whatever the spelling"
  }
}
