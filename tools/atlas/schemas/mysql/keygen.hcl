schema "keygen" {
  charset = "utf8mb4"
  collate = "utf8mb4_0900_ai_ci"
}

table "customers" {
  schema  = schema.keygen
  comment = "Organisations that hold wallets with us"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "public_id" {
    null    = false
    type    = char(36)
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
    type    = enum("trial", "standard", "enterprise")
    default = "standard"
    comment = "Decides the default quotas"
  }
  column "country_code" {
    null = true
    type = char(2)
  }
  column "metadata" {
    null = false
    type = json
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
  column "closed_at" {
    null    = true
    type    = datetime(6)
    comment = "Set once the contract has ended; keys outlive it"
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_customers_public_id" {
    unique  = true
    columns = [column.public_id]
  }
  index "idx_customers_email" {
    unique  = true
    columns = [column.email]
    comment = "One account for an address: the collation ignores how it is spelled"
  }
  index "idx_customers_tier_created_at" {
    columns = [column.tier, column.created_at]
  }
}

table "api_credentials" {
  schema  = schema.keygen
  comment = "Secrets with which customers call the API; only digests are kept"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "customer_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "prefix" {
    null    = false
    type    = varchar(12)
    collate = "utf8mb4_0900_as_cs"
    comment = "First characters of the secret, shown in lists"
  }
  column "secret_digest" {
    null    = false
    type    = binary(32)
    comment = "SHA-256 of the secret"
  }
  column "scopes" {
    null = false
    type = json
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "expires_at" {
    null = true
    type = datetime(6)
  }
  column "last_used_at" {
    null = true
    type = datetime(6)
  }
  column "revoked_at" {
    null = true
    type = datetime(6)
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
  }
}

table "master_keys" {
  schema  = schema.keygen
  comment = "Keys inside the HSM that encrypt all seeds"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "label" {
    null = false
    type = varchar(64)
  }
  column "algorithm" {
    null = false
    type = enum("ed25519", "secp256k1", "p256")
  }
  column "hsm_slot" {
    null     = false
    type     = int
    unsigned = true
  }
  column "check_value" {
    null    = false
    type    = varbinary(8)
    comment = "Tells two keys apart without revealing either"
  }
  column "status" {
    null    = false
    type    = enum("active", "suspended", "destroyed")
    default = "active"
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_master_keys_label" {
    unique  = true
    columns = [column.label]
  }
  index "idx_master_keys_hsm_slot" {
    columns = [column.hsm_slot]
  }
}

table "wallets" {
  schema  = schema.keygen
  comment = "Groups of keys that share one seed and one purpose"
  column "id" {
    null = false
    type = char(36)
  }
  column "customer_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "name" {
    null = false
    type = varchar(80)
  }
  column "temperature" {
    null    = false
    type    = enum("hot", "warm", "cold")
    default = "hot"
    comment = "How close to the network the keys are kept"
  }
  column "description" {
    null = true
    type = text
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "archived_at" {
    null = true
    type = datetime(6)
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
  }
  index "idx_wallets_name_description" {
    columns = [column.name, column.description]
    type    = FULLTEXT
    comment = "Search in the console"
  }
}

table "seeds" {
  schema  = schema.keygen
  comment = "Encrypted seed of each wallet; never leaves in the clear"
  column "wallet_id" {
    null = false
    type = char(36)
  }
  column "master_key_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "ciphertext" {
    null = false
    type = blob
  }
  column "nonce" {
    null    = false
    type    = binary(12)
    comment = "AES-GCM nonce, unique for a master key"
  }
  column "fingerprint" {
    null    = false
    type    = binary(4)
    comment = "First bytes of the HASH160 of the root public key"
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
}

table "derived_keys" {
  schema  = schema.keygen
  comment = "Public halves of the keys derived from a seed"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "wallet_id" {
    null = false
    type = char(36)
  }
  column "parent_id" {
    null     = true
    type     = bigint
    unsigned = true
    comment  = "Account key that this one was derived from"
  }
  column "algorithm" {
    null = false
    type = enum("ed25519", "secp256k1", "p256")
  }
  column "derivation_path" {
    null    = false
    type    = varchar(120)
    collate = "utf8mb4_0900_as_cs"
    comment = "BIP-32 notation, such as m/44h/60h/0h/0/7"
  }
  column "depth" {
    null     = false
    type     = tinyint
    unsigned = true
  }
  column "public_material" {
    null = false
    type = varbinary(65)
  }
  column "status" {
    null    = false
    type    = enum("active", "suspended", "destroyed")
    default = "active"
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "destroyed_at" {
    null = true
    type = datetime(6)
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
  }
  index "idx_derived_keys_public_material" {
    unique  = true
    columns = [column.public_material]
  }
}

table "derived_key_labels" {
  schema  = schema.keygen
  comment = "Free labels by which customers find their keys"
  column "derived_key_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "label" {
    null = false
    type = varchar(40)
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
  index "idx_derived_key_labels_label" {
    columns = [column.label]
  }
}

table "seed_rotations" {
  schema  = schema.keygen
  comment = "History of the re-encryption of seeds"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "wallet_id" {
    null = false
    type = char(36)
  }
  column "master_key_id" {
    null     = true
    type     = bigint
    unsigned = true
    comment  = "Key that the seed was moved to; empty once that key is gone"
  }
  column "cause" {
    null = false
    type = enum("scheduled", "compromise", "hsm_migration", "manual")
  }
  column "rotated_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
}

table "quotas" {
  schema  = schema.keygen
  comment = "What a customer may still create"
  column "customer_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "resource_kind" {
    null = false
    type = enum("wallets", "derived_keys", "signatures")
  }
  column "ceiling" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "consumed" {
    null     = false
    type     = bigint
    unsigned = true
    default  = 0
  }
  column "renewed_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
}

table "usage_charges" {
  schema  = schema.keygen
  comment = "Monthly charges for stored keys, in the currency of the contract"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "customer_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "period_start" {
    null = false
    type = date
  }
  column "currency" {
    null    = false
    type    = enum("CHF", "EUR", "USD")
    default = "EUR"
  }
  column "amount" {
    null = false
    type = decimal(38, 18)
  }
  column "is_settled" {
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
  }
}
