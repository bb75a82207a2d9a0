schema "public" {
}

enum "chain_kind" {
  schema = schema.public
  values = ["evm", "utxo", "solana"]
}

enum "transfer_direction" {
  schema = schema.public
  values = ["incoming", "outgoing", "internal"]
}

enum "delivery_status" {
  schema = schema.public
  values = ["queued", "delivered", "failed", "abandoned"]
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

table "assets" {
  schema  = schema.public
  comment = "Native coins and tokens"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "chain_id" {
    null = false
    type = integer
  }
  column "contract_address" {
    null    = true
    type    = varchar(128)
    comment = "Empty for the native coin"
  }
  column "symbol" {
    null = false
    type = varchar(24)
  }
  column "decimals" {
    null    = false
    type    = smallint
    default = 18
  }
  column "is_spam" {
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
  foreign_key "fk_assets_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_assets_chain_id_lower_contract_address" {
    unique = true
    on {
      column = column.chain_id
    }
    on {
      expr = "lower(contract_address)"
    }
  }
  index "idx_assets_chain_id" {
    unique  = true
    columns = [column.chain_id]
    comment = "A chain has one native coin"
    where   = "contract_address IS NULL"
  }
  index "idx_assets_symbol" {
    columns = [column.symbol]
    where   = "NOT is_spam"
  }
  check "chk_assets_decimals" {
    expr = "decimals BETWEEN 0 AND 36"
  }
  check "chk_assets_symbol" {
    expr = "length(symbol) > 0"
  }
}

table "watched_addresses" {
  schema  = schema.public
  comment = "Addresses whose transfers customers want to hear of"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "customer_public_id" {
    null    = false
    type    = uuid
    comment = "customers.public_id of the database keygen"
  }
  column "chain_id" {
    null = false
    type = integer
  }
  column "address" {
    null = false
    type = varchar(128)
  }
  column "label" {
    null = true
    type = varchar(80)
  }
  column "tags" {
    null    = false
    type    = jsonb
    default = "[]"
  }
  column "min_confirmations" {
    null    = false
    type    = smallint
    default = 12
  }
  column "is_active" {
    null    = false
    type    = boolean
    default = true
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_watched_addresses_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  index "idx_watched_addresses_chain_id_address_customer_public_id" {
    unique  = true
    columns = [column.chain_id, column.address, column.customer_public_id]
  }
  index "idx_watched_addresses_customer_public_id_created_at" {
    columns = [column.customer_public_id, column.created_at]
  }
  index "idx_watched_addresses_chain_id_lower_address" {
    on {
      column = column.chain_id
    }
    on {
      expr = "lower(address)"
    }
    comment = "What each new block is matched against"
    where   = "is_active"
  }
  check "chk_watched_addresses_min_confirmations" {
    expr = "min_confirmations BETWEEN 0 AND 1000"
  }
  check "chk_watched_addresses_address" {
    expr = "length(address) >= 26"
  }
}

table "blocks" {
  schema  = schema.public
  comment = "Headers of the blocks that were scanned, orphaned ones included"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "chain_id" {
    null = false
    type = integer
  }
  column "height" {
    null = false
    type = bigint
  }
  column "block_hash" {
    null = false
    type = bytea
  }
  column "parent_hash" {
    null = false
    type = bytea
  }
  column "is_canonical" {
    null    = false
    type    = boolean
    default = true
    comment = "False once a reorganisation has dropped the block"
  }
  column "mined_at" {
    null = false
    type = timestamptz
  }
  column "scanned_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_blocks_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_blocks_chain_id_block_hash" {
    unique  = true
    columns = [column.chain_id, column.block_hash]
  }
  index "idx_blocks_chain_id_height" {
    unique  = true
    columns = [column.chain_id, column.height]
    comment = "One block for a height, unless orphaned"
    where   = "is_canonical"
  }
  index "idx_blocks_chain_id_mined_at" {
    on {
      column = column.chain_id
    }
    on {
      desc   = true
      column = column.mined_at
    }
  }
  check "chk_blocks_height" {
    expr = "height >= 0"
  }
  check "chk_blocks_block_hash" {
    expr = "length(block_hash) = 32"
  }
  check "chk_blocks_parent_hash" {
    expr = "length(parent_hash) = 32"
  }
}

table "transfers" {
  schema  = schema.public
  comment = "Movements of assets from or to a watched address"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "block_id" {
    null = false
    type = bigint
  }
  column "watched_address_id" {
    null = false
    type = bigint
  }
  column "asset_id" {
    null = false
    type = bigint
  }
  column "direction" {
    null = false
    type = enum.transfer_direction
  }
  column "tx_hash" {
    null = false
    type = bytea
  }
  column "log_position" {
    null    = false
    type    = integer
    default = 0
    comment = "Place inside the transaction; 0 for the native coin"
  }
  column "counterparty" {
    null = true
    type = varchar(128)
  }
  column "amount" {
    null = false
    type = numeric(38, 18)
  }
  column "fee" {
    null    = true
    type    = numeric(38, 18)
    comment = "Paid by the watched address; empty for incoming ones"
  }
  column "raw_payload" {
    null = true
    type = jsonb
  }
  column "observed_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_transfers_blocks" {
    columns     = [column.block_id]
    ref_columns = [table.blocks.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_transfers_watched_addresses" {
    columns     = [column.watched_address_id]
    ref_columns = [table.watched_addresses.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_transfers_assets" {
    columns     = [column.asset_id]
    ref_columns = [table.assets.column.id]
    on_update   = NO_ACTION
    on_delete   = RESTRICT
  }
  index "idx_transfers_tx_hash_log_position_watched_address_id" {
    unique  = true
    columns = [column.tx_hash, column.log_position, column.watched_address_id]
  }
  index "idx_transfers_block_id" {
    columns = [column.block_id]
  }
  index "idx_transfers_watched_address_id_observed_at" {
    on {
      column = column.watched_address_id
    }
    on {
      desc   = true
      column = column.observed_at
    }
  }
  index "idx_transfers_asset_id_direction_observed_at" {
    columns = [column.asset_id, column.direction, column.observed_at]
  }
  index "idx_transfers_counterparty" {
    columns = [column.counterparty]
    where   = "direction = 'outgoing'"
  }
  check "chk_transfers_amount" {
    expr = "amount > 0"
  }
  check "chk_transfers_fee" {
    expr = "fee >= 0"
  }
  check "chk_transfers_tx_hash" {
    expr = "length(tx_hash) IN (32, 64)"
  }
  check "chk_transfers_log_position" {
    expr = "log_position >= 0"
  }
}

table "address_balances" {
  schema  = schema.public
  comment = "Running balance for each address and asset"
  column "watched_address_id" {
    null = false
    type = bigint
  }
  column "asset_id" {
    null = false
    type = bigint
  }
  column "balance" {
    null    = false
    type    = numeric(38, 18)
    default = 0
  }
  column "as_of_height" {
    null = false
    type = bigint
  }
  column "updated_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.watched_address_id, column.asset_id]
  }
  foreign_key "fk_address_balances_watched_addresses" {
    columns     = [column.watched_address_id]
    ref_columns = [table.watched_addresses.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_address_balances_assets" {
    columns     = [column.asset_id]
    ref_columns = [table.assets.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_address_balances_asset_id_balance" {
    on {
      column = column.asset_id
    }
    on {
      desc   = true
      column = column.balance
    }
  }
  check "chk_address_balances_balance" {
    expr = "balance >= 0"
  }
}

table "scan_cursors" {
  schema  = schema.public
  comment = "How far each chain was scanned, and by whom"
  column "chain_id" {
    null = false
    type = integer
  }
  column "next_height" {
    null    = false
    type    = bigint
    default = 0
  }
  column "worker_name" {
    null = true
    type = varchar(80)
  }
  column "heartbeat_at" {
    null = true
    type = timestamptz
  }
  column "state" {
    null    = false
    type    = varchar(8)
    default = "idle"
  }
  primary_key {
    columns = [column.chain_id]
  }
  foreign_key "fk_scan_cursors_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_scan_cursors_heartbeat_at" {
    columns = [column.heartbeat_at]
    where   = "worker_name IS NOT NULL"
  }
  check "chk_scan_cursors_state" {
    expr = "state IN ('idle', 'scanning', 'paused')"
  }
  check "chk_scan_cursors_next_height" {
    expr = "next_height >= 0"
  }
}

table "webhooks" {
  schema  = schema.public
  comment = "Where customers want to be told of transfers"
  column "id" {
    null = false
    type = uuid
  }
  column "customer_public_id" {
    null = false
    type = uuid
  }
  column "target_url" {
    null = false
    type = varchar(2048)
  }
  column "secret_ciphertext" {
    null    = false
    type    = bytea
    comment = "HMAC key, encrypted"
  }
  column "content_kind" {
    null    = false
    type    = varchar(8)
    default = "json"
  }
  column "event_filter" {
    null    = true
    type    = jsonb
    comment = "Empty: each event"
  }
  column "is_enabled" {
    null    = false
    type    = boolean
    default = true
  }
  column "failure_count" {
    null    = false
    type    = integer
    default = 0
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_webhooks_customer_public_id_created_at" {
    columns = [column.customer_public_id, column.created_at]
  }
  index "idx_webhooks_failure_count" {
    on {
      desc   = true
      column = column.failure_count
    }
    where = "is_enabled"
  }
  check "chk_webhooks_content_kind" {
    expr = "content_kind IN ('json', 'cbor')"
  }
  check "chk_webhooks_failure_count" {
    expr = "failure_count >= 0"
  }
  check "chk_webhooks_target_url" {
    expr = "length(target_url) >= 12"
  }
}

table "webhook_deliveries" {
  schema  = schema.public
  comment = "Attempts to tell a customer; kept for thirty days"
  column "id" {
    null = false
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "webhook_id" {
    null = false
    type = uuid
  }
  column "transfer_id" {
    null    = true
    type    = bigint
    comment = "Stays empty for test calls"
  }
  column "status" {
    null    = false
    type    = enum.delivery_status
    default = "queued"
  }
  column "request_body" {
    null = false
    type = jsonb
  }
  column "attempt_count" {
    null    = false
    type    = smallint
    default = 0
  }
  column "response_code" {
    null = true
    type = smallint
  }
  column "next_attempt_at" {
    null = true
    type = timestamptz
  }
  column "created_at" {
    null    = false
    type    = timestamptz
    default = sql("now()")
  }
  column "finished_at" {
    null = true
    type = timestamptz
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_webhook_deliveries_webhooks" {
    columns     = [column.webhook_id]
    ref_columns = [table.webhooks.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  foreign_key "fk_webhook_deliveries_transfers" {
    columns     = [column.transfer_id]
    ref_columns = [table.transfers.column.id]
    on_update   = NO_ACTION
    on_delete   = SET_NULL
  }
  index "idx_webhook_deliveries_webhook_id_created_at" {
    on {
      column = column.webhook_id
    }
    on {
      desc   = true
      column = column.created_at
    }
  }
  index "idx_webhook_deliveries_transfer_id" {
    columns = [column.transfer_id]
  }
  index "idx_webhook_deliveries_next_attempt_at_id" {
    columns = [column.next_attempt_at, column.id]
    comment = "The queue, in the order of work"
    where   = "status = 'queued'"
  }
  check "chk_webhook_deliveries_attempt_count" {
    expr = "attempt_count BETWEEN 0 AND 20"
  }
  check "chk_webhook_deliveries_response_code" {
    expr = "response_code BETWEEN 100 AND 599"
  }
}

table "price_quotes" {
  schema  = schema.public
  comment = "Prices of assets as the feeds told them"
  column "asset_id" {
    null = false
    type = bigint
  }
  column "currency" {
    null = false
    type = varchar(3)
  }
  column "quoted_at" {
    null = false
    type = timestamptz
  }
  column "price" {
    null = false
    type = numeric(38, 18)
  }
  column "confidence" {
    null    = false
    type    = double_precision
    default = 1
  }
  primary_key {
    columns = [column.asset_id, column.currency, column.quoted_at]
  }
  foreign_key "fk_price_quotes_assets" {
    columns     = [column.asset_id]
    ref_columns = [table.assets.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_price_quotes_quoted_at" {
    columns = [column.quoted_at]
  }
  check "chk_price_quotes_currency" {
    expr = "currency IN ('EUR', 'USD', 'CHF')"
  }
  check "chk_price_quotes_price" {
    expr = "price > 0"
  }
  check "chk_price_quotes_confidence" {
    expr = "confidence >= 0 AND confidence <= 1"
  }
}
