schema "watch" {
  charset = "utf8mb4"
  collate = "utf8mb4_0900_ai_ci"
}

table "chains" {
  schema  = schema.watch
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

table "assets" {
  schema  = schema.watch
  comment = "Native coins and tokens"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "chain_id" {
    null     = false
    type     = int
    unsigned = true
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
    null     = false
    type     = tinyint
    unsigned = true
    default  = 18
  }
  column "is_spam" {
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
  foreign_key "fk_assets_chains" {
    columns     = [column.chain_id]
    ref_columns = [table.chains.column.id]
    on_update   = NO_ACTION
    on_delete   = CASCADE
  }
  index "idx_assets_chain_id_contract_address" {
    unique  = true
    columns = [column.chain_id, column.contract_address]
  }
  index "idx_assets_symbol" {
    columns = [column.symbol]
  }
  check "chk_assets_decimals" {
    expr = "decimals BETWEEN 0 AND 36"
  }
}

table "watched_addresses" {
  schema  = schema.watch
  comment = "Addresses whose transfers customers want to hear of"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "customer_public_id" {
    null    = false
    type    = char(36)
    comment = "customers.public_id of the database keygen"
  }
  column "chain_id" {
    null     = false
    type     = int
    unsigned = true
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
    null = false
    type = json
  }
  column "min_confirmations" {
    null     = false
    type     = smallint
    unsigned = true
    default  = 12
  }
  column "is_active" {
    null    = false
    type    = bool
    default = true
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
    comment = "What each new block is matched against"
  }
  index "idx_watched_addresses_customer_public_id_created_at" {
    columns = [column.customer_public_id, column.created_at]
  }
  check "chk_watched_addresses_min_confirmations" {
    expr = "min_confirmations BETWEEN 0 AND 1000"
  }
}

table "blocks" {
  schema  = schema.watch
  comment = "Headers of the blocks that were scanned, orphaned ones included"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "chain_id" {
    null     = false
    type     = int
    unsigned = true
  }
  column "height" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "block_hash" {
    null = false
    type = binary(32)
  }
  column "parent_hash" {
    null = false
    type = binary(32)
  }
  column "is_canonical" {
    null    = false
    type    = bool
    default = true
    comment = "False once a reorganisation has dropped the block"
  }
  column "mined_at" {
    null = false
    type = datetime(6)
  }
  column "scanned_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
    columns = [column.chain_id, column.height]
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
}

table "transfers" {
  schema  = schema.watch
  comment = "Movements of assets from or to a watched address"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "block_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "watched_address_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "asset_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "direction" {
    null = false
    type = enum("incoming", "outgoing", "internal")
  }
  column "tx_hash" {
    null = false
    type = varbinary(64)
  }
  column "log_position" {
    null     = false
    type     = int
    unsigned = true
    default  = 0
    comment  = "Place inside the transaction; 0 for the native coin"
  }
  column "counterparty" {
    null    = true
    type    = varchar(128)
    collate = "utf8mb4_bin"
  }
  column "amount" {
    null = false
    type = decimal(38, 18)
  }
  column "fee" {
    null    = true
    type    = decimal(38, 18)
    comment = "Paid by the watched address; empty for incoming ones"
  }
  column "raw_payload" {
    null = true
    type = json
  }
  column "observed_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
  }
  check "chk_transfers_amount" {
    expr = "amount > 0"
  }
}

table "address_balances" {
  schema  = schema.watch
  comment = "Running balance for each address and asset"
  column "watched_address_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "asset_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "balance" {
    null    = false
    type    = decimal(38, 18)
    default = 0
  }
  column "as_of_height" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "updated_at" {
    null      = false
    type      = datetime(6)
    default   = sql("CURRENT_TIMESTAMP(6)")
    on_update = sql("CURRENT_TIMESTAMP(6)")
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
}

table "scan_cursors" {
  schema  = schema.watch
  comment = "How far each chain was scanned, and by whom"
  column "chain_id" {
    null     = false
    type     = int
    unsigned = true
  }
  column "next_height" {
    null     = false
    type     = bigint
    unsigned = true
    default  = 0
  }
  column "worker_name" {
    null = true
    type = varchar(80)
  }
  column "heartbeat_at" {
    null = true
    type = datetime(6)
  }
  column "state" {
    null    = false
    type    = enum("idle", "scanning", "paused")
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
  }
}

table "webhooks" {
  schema  = schema.watch
  comment = "Where customers want to be told of transfers"
  column "id" {
    null = false
    type = char(36)
  }
  column "customer_public_id" {
    null = false
    type = char(36)
  }
  column "target_url" {
    null = false
    type = varchar(2048)
  }
  column "secret_ciphertext" {
    null    = false
    type    = varbinary(512)
    comment = "HMAC key, encrypted"
  }
  column "content_kind" {
    null    = false
    type    = enum("json", "cbor")
    default = "json"
  }
  column "event_filter" {
    null    = true
    type    = json
    comment = "Empty: each event"
  }
  column "is_enabled" {
    null    = false
    type    = bool
    default = true
  }
  column "failure_count" {
    null     = false
    type     = int
    unsigned = true
    default  = 0
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
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
  }
  index "idx_webhooks_target_url" {
    on {
      column = column.target_url
      prefix = 64
    }
    comment = "Which customers call one host"
  }
}

table "webhook_deliveries" {
  schema  = schema.watch
  comment = "Attempts to tell a customer; kept for thirty days"
  column "id" {
    null           = false
    type           = bigint
    unsigned       = true
    auto_increment = true
  }
  column "webhook_id" {
    null = false
    type = char(36)
  }
  column "transfer_id" {
    null     = true
    type     = bigint
    unsigned = true
    comment  = "Stays empty for test calls"
  }
  column "status" {
    null    = false
    type    = enum("queued", "delivered", "failed", "abandoned")
    default = "queued"
  }
  column "request_body" {
    null = false
    type = json
  }
  column "attempt_count" {
    null     = false
    type     = tinyint
    unsigned = true
    default  = 0
  }
  column "response_code" {
    null     = true
    type     = smallint
    unsigned = true
  }
  column "next_attempt_at" {
    null = true
    type = datetime(6)
  }
  column "created_at" {
    null    = false
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "finished_at" {
    null = true
    type = datetime(6)
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
  }
  check "chk_webhook_deliveries_attempt_count" {
    expr = "attempt_count BETWEEN 0 AND 20"
  }
  check "chk_webhook_deliveries_response_code" {
    expr = "response_code BETWEEN 100 AND 599"
  }
}

table "price_quotes" {
  schema  = schema.watch
  comment = "Prices of assets as the feeds told them"
  column "asset_id" {
    null     = false
    type     = bigint
    unsigned = true
  }
  column "currency" {
    null = false
    type = enum("CHF", "EUR", "USD")
  }
  column "quoted_at" {
    null = false
    type = datetime(6)
  }
  column "price" {
    null = false
    type = decimal(38, 18)
  }
  column "confidence" {
    null    = false
    type    = double
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
  check "chk_price_quotes_price" {
    expr = "price > 0"
  }
}
