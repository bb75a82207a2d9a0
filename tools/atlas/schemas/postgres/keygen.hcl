schema "public" {
}

enum "key_algorithm" {
  schema = schema.public
  values = ["ed25519", "secp256k1", "p256"]
}

enum "key_status" {
  schema = schema.public
  values = ["active", "suspended", "destroyed"]
}

table "customers" {
  schema  = schema.public
  comment = "Organisations that hold wallets with us"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "public_id" {
    null    = false
    type    = uuid
    comment = "The only identifier that leaves this database"
  }
  column "name" {
    null = false
    type = varchar(120)
  }
  column "email" {
    null = false
    type = varchar(254)
  }
  column "tier" {
    null    = false
    type    = varchar(16)
    default = "standard"
    comment = "Decides the default quotas"
  }
  column "country_code" {
    null = true
    type = varchar(2)
  }
  column "metadata" {
    null    = false
    type    = jsonb
    default = "{}"
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
  column "closed_at" {
    null    = true
    type    = timestamptz
    comment = "Set once the contract has ended; keys outlive it"
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_customers_public_id" {
    unique  = true
    columns = [column.public_id]
  }
  index "idx_customers_lower_email" {
    unique = true
    on {
      expr = "lower(email)"
    }
    comment = "One account for an address, however it is spelled"
  }
  index "idx_customers_tier_created_at" {
    columns = [column.tier, column.created_at]
    where   = "closed_at IS NULL"
  }
  check "chk_customers_tier" {
    expr = "tier IN ('trial', 'standard', 'enterprise')"
  }
  check "chk_customers_country_code" {
    expr = "length(country_code) = 2"
  }
  check "chk_customers_name" {
    expr = "length(name) > 0"
  }
}

table "api_credentials" {
  schema  = schema.public
  comment = "Secrets with which customers call the API; only digests are kept"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "customer_id" {
    null = false
    type = bigint
  }
  column "prefix" {
    null    = false
    type    = varchar(12)
    comment = "First characters of the secret, shown in lists"
  }
  column "secret_digest" {
    null    = false
    type    = bytea
    comment = "SHA-256 of the secret"
  }
  column "scopes" {
    null    = false
    type    = jsonb
    default = "[]"
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "expires_at" {
    null = true
    type = timestamptz
  }
  column "last_used_at" {
    null = true
    type = timestamptz
  }
  column "revoked_at" {
    null = true
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_api_credentials_customers" {
    columns     = [column.customer_id]
    ref_columns = [table.customers.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_api_credentials_prefix" {
    unique  = true
    columns = [column.prefix]
  }
  index "idx_api_credentials_customer_id_created_at" {
    on {
      column = column.customer_id
    }
    on {
      desc   = true
      column = column.created_at
    }
  }
  index "idx_api_credentials_expires_at" {
    columns = [column.expires_at]
    comment = "Credentials that may still expire"
    where   = "revoked_at IS NULL"
  }
  check "chk_api_credentials_secret_digest" {
    expr = "length(secret_digest) = 32"
  }
  check "chk_api_credentials_expires_at" {
    expr = "expires_at > created_at"
  }
}

table "master_keys" {
  schema  = schema.public
  comment = "Keys inside the HSM that encrypt all seeds"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "label" {
    null = false
    type = varchar(64)
  }
  column "algorithm" {
    null = false
    type = enum.key_algorithm
  }
  column "hsm_slot" {
    null = false
    type = integer
  }
  column "check_value" {
    null    = false
    type    = bytea
    comment = "Tells two keys apart without revealing either"
  }
  column "status" {
    null    = false
    type    = enum.key_status
    default = "active"
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_master_keys_label" {
    unique  = true
    columns = [column.label]
  }
  index "idx_master_keys_hsm_slot" {
    unique  = true
    columns = [column.hsm_slot]
    comment = "A slot is free again once its key is destroyed"
    where   = "status <> 'destroyed'"
  }
  check "chk_master_keys_hsm_slot" {
    expr = "hsm_slot >= 0"
  }
  check "chk_master_keys_check_value" {
    expr = "length(check_value) BETWEEN 3 AND 8"
  }
}

table "wallets" {
  schema  = schema.public
  comment = "Groups of keys that share one seed and one purpose"
  column "id" {
    null = false
    type = uuid
  }
  column "customer_id" {
    null = false
    type = bigint
  }
  column "name" {
    null = false
    type = varchar(80)
  }
  column "temperature" {
    null    = false
    type    = varchar(8)
    default = "hot"
    comment = "How close to the network the keys are kept"
  }
  column "description" {
    null = true
    type = text
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "archived_at" {
    null = true
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_wallets_customers" {
    columns     = [column.customer_id]
    ref_columns = [table.customers.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  index "idx_wallets_customer_id_name" {
    unique  = true
    columns = [column.customer_id, column.name]
  }
  index "idx_wallets_temperature_created_at" {
    on {
      column = column.temperature
    }
    on {
      desc   = true
      column = column.created_at
    }
    where = "archived_at IS NULL"
  }
  check "chk_wallets_temperature" {
    expr = "temperature IN ('hot', 'warm', 'cold')"
  }
  check "chk_wallets_archived_at" {
    expr = "archived_at >= created_at"
  }
}

table "seeds" {
  schema  = schema.public
  comment = "Encrypted seed of each wallet; never leaves in the clear"
  column "wallet_id" {
    null = false
    type = uuid
  }
  column "master_key_id" {
    null = false
    type = bigint
  }
  column "ciphertext" {
    null = false
    type = bytea
  }
  column "nonce" {
    null    = false
    type    = bytea
    comment = "AES-GCM nonce, unique for a master key"
  }
  column "fingerprint" {
    null    = false
    type    = bytea
    comment = "First bytes of the HASH160 of the root public key"
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.wallet_id]
  }
  foreign_key "fk_seeds_wallets" {
    columns     = [column.wallet_id]
    ref_columns = [table.wallets.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_seeds_master_keys" {
    columns     = [column.master_key_id]
    ref_columns = [table.master_keys.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  index "idx_seeds_master_key_id_nonce" {
    unique  = true
    columns = [column.master_key_id, column.nonce]
    comment = "A nonce must never be used twice with one key"
  }
  index "idx_seeds_fingerprint" {
    columns = [column.fingerprint]
  }
  check "chk_seeds_ciphertext" {
    expr = "length(ciphertext) >= 32"
  }
  check "chk_seeds_nonce" {
    expr = "length(nonce) = 12"
  }
  check "chk_seeds_fingerprint" {
    expr = "length(fingerprint) = 4"
  }
}

table "derived_keys" {
  schema  = schema.public
  comment = "Public halves of the keys derived from a seed"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "wallet_id" {
    null = false
    type = uuid
  }
  column "parent_id" {
    null    = true
    type    = bigint
    comment = "Account key that this one was derived from"
  }
  column "algorithm" {
    null = false
    type = enum.key_algorithm
  }
  column "derivation_path" {
    null    = false
    type    = varchar(120)
    comment = "BIP-32 notation, such as m/44h/60h/0h/0/7"
  }
  column "depth" {
    null = false
    type = smallint
  }
  column "public_material" {
    null = false
    type = bytea
  }
  column "status" {
    null    = false
    type    = enum.key_status
    default = "active"
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "destroyed_at" {
    null = true
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_derived_keys_wallets" {
    columns     = [column.wallet_id]
    ref_columns = [table.wallets.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_derived_keys_derived_keys" {
    columns     = [column.parent_id]
    ref_columns = [column.id]
    on_update   = NO_ACTION
    on_delete   = SET_NULL
  }
  index "idx_derived_keys_wallet_id_algorithm_derivation_path" {
    unique  = true
    columns = [column.wallet_id, column.algorithm, column.derivation_path]
  }
  index "idx_derived_keys_parent_id" {
    columns = [column.parent_id]
  }
  index "idx_derived_keys_status_created_at" {
    columns = [column.status, column.created_at]
    where   = "status <> 'active'"
  }
  index "idx_derived_keys_public_material" {
    unique  = true
    columns = [column.public_material]
  }
  check "chk_derived_keys_depth" {
    expr = "depth BETWEEN 0 AND 255"
  }
  check "chk_derived_keys_public_material" {
    expr = "length(public_material) IN (32, 33, 65)"
  }
  check "chk_derived_keys_destroyed_at" {
    expr = "(destroyed_at IS NULL) = (status <> 'destroyed')"
  }
}

table "derived_key_labels" {
  schema  = schema.public
  comment = "Free labels by which customers find their keys"
  column "derived_key_id" {
    null = false
    type = bigint
  }
  column "label" {
    null = false
    type = varchar(40)
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.derived_key_id, column.label]
  }
  foreign_key "fk_derived_key_labels_derived_keys" {
    columns     = [column.derived_key_id]
    ref_columns = [table.derived_keys.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_derived_key_labels_lower_label" {
    on {
      expr = "lower(label)"
    }
  }
  check "chk_derived_key_labels_label" {
    expr = "length(label) > 0"
  }
}

table "seed_rotations" {
  schema  = schema.public
  comment = "History of the re-encryption of seeds"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "wallet_id" {
    null = false
    type = uuid
  }
  column "master_key_id" {
    null    = true
    type    = bigint
    comment = "Key that the seed was moved to; empty once that key is gone"
  }
  column "cause" {
    null = false
    type = varchar(20)
  }
  column "rotated_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_seed_rotations_seeds" {
    columns     = [column.wallet_id]
    ref_columns = [table.seeds.column.wallet_id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_seed_rotations_master_keys" {
    columns     = [column.master_key_id]
    ref_columns = [table.master_keys.column.id]
    on_update   = NO_ACTION
    on_delete   = SET_NULL
  }
  index "idx_seed_rotations_wallet_id_rotated_at" {
    on {
      column = column.wallet_id
    }
    on {
      desc   = true
      column = column.rotated_at
    }
  }
  index "idx_seed_rotations_master_key_id" {
    columns = [column.master_key_id]
  }
  check "chk_seed_rotations_cause" {
    expr = "cause IN ('scheduled', 'compromise', 'hsm_migration', 'manual')"
  }
}

table "quotas" {
  schema  = schema.public
  comment = "What a customer may still create"
  column "customer_id" {
    null = false
    type = bigint
  }
  column "resource_kind" {
    null = false
    type = varchar(24)
  }
  column "ceiling" {
    null = false
    type = bigint
  }
  column "consumed" {
    null    = false
    type    = bigint
    default = 0
  }
  column "renewed_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.customer_id, column.resource_kind]
  }
  foreign_key "fk_quotas_customers" {
    columns     = [column.customer_id]
    ref_columns = [table.customers.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_quotas_resource_kind_consumed" {
    on {
      column = column.resource_kind
    }
    on {
      desc   = true
      column = column.consumed
    }
  }
  check "chk_quotas_resource_kind" {
    expr = "resource_kind IN ('wallets', 'derived_keys', 'signatures')"
  }
  check "chk_quotas_ceiling" {
    expr = "ceiling >= 0"
  }
  check "chk_quotas_consumed" {
    expr = "consumed >= 0 AND consumed <= ceiling"
  }
}

table "usage_charges" {
  schema  = schema.public
  comment = "Monthly charges for stored keys, in the currency of the contract"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "customer_id" {
    null = false
    type = bigint
  }
  column "period_start" {
    null = false
    type = date
  }
  column "currency" {
    null    = false
    type    = varchar(3)
    default = "EUR"
  }
  column "amount" {
    null = false
    type = numeric(38, 18)
  }
  column "is_settled" {
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
  foreign_key "fk_usage_charges_customers" {
    columns     = [column.customer_id]
    ref_columns = [table.customers.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  index "idx_usage_charges_customer_id_period_start_currency" {
    unique  = true
    columns = [column.customer_id, column.period_start, column.currency]
  }
  index "idx_usage_charges_period_start" {
    columns = [column.period_start]
    where   = "NOT is_settled"
  }
  check "chk_usage_charges_currency" {
    expr = "currency IN ('EUR', 'USD', 'CHF')"
  }
  check "chk_usage_charges_amount" {
    expr = "amount >= 0"
  }
}
