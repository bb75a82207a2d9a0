-- Native coins and tokens
CREATE TABLE assets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chain_id INT NOT NULL CHECK (typeof(chain_id) = 'integer' AND chain_id BETWEEN -2147483648 AND 2147483647),
  -- Empty for the native coin
  contract_address TEXT CHECK (length(contract_address) <= 128),
  symbol TEXT NOT NULL CHECK (length(symbol) <= 24),
  decimals SMALLINT NOT NULL DEFAULT 18 CHECK (typeof(decimals) = 'integer' AND decimals BETWEEN -32768 AND 32767),
  is_spam BOOLEAN NOT NULL DEFAULT 0 CHECK (is_spam IN (0, 1)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  CONSTRAINT fk_assets_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE CASCADE,
  CONSTRAINT chk_assets_decimals CHECK (decimals >= 0 AND decimals <= 36),
  CONSTRAINT chk_assets_symbol CHECK (length(symbol) > 0)
);
-- A chain has one native coin
CREATE UNIQUE INDEX idx_assets_chain_id ON assets (chain_id) WHERE contract_address IS NULL;
CREATE UNIQUE INDEX idx_assets_chain_id_lower_contract_address ON assets (chain_id, lower(contract_address));
CREATE INDEX idx_assets_symbol ON assets (symbol) WHERE NOT is_spam;
-- Addresses whose transfers customers want to hear of
CREATE TABLE watched_addresses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- customers.public_id of the database keygen
  customer_public_id TEXT NOT NULL CHECK (length(customer_public_id) = 36 AND customer_public_id NOT GLOB '*[^0-9a-f-]*'),
  chain_id INT NOT NULL CHECK (typeof(chain_id) = 'integer' AND chain_id BETWEEN -2147483648 AND 2147483647),
  address TEXT NOT NULL CHECK (length(address) <= 128),
  label TEXT CHECK (length(label) <= 80),
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  min_confirmations SMALLINT NOT NULL DEFAULT 12 CHECK (typeof(min_confirmations) = 'integer' AND min_confirmations BETWEEN -32768 AND 32767),
  is_active BOOLEAN NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  CONSTRAINT fk_watched_addresses_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE RESTRICT,
  CONSTRAINT chk_watched_addresses_address CHECK (length(address) >= 26),
  CONSTRAINT chk_watched_addresses_min_confirmations CHECK (min_confirmations >= 0 AND min_confirmations <= 1000)
);
CREATE UNIQUE INDEX idx_watched_addresses_chain_id_address_customer_public_id ON watched_addresses (chain_id, address, customer_public_id);
-- What each new block is matched against
CREATE INDEX idx_watched_addresses_chain_id_lower_address ON watched_addresses (chain_id, lower(address)) WHERE is_active;
CREATE INDEX idx_watched_addresses_customer_public_id_created_at ON watched_addresses (customer_public_id, created_at);
-- Running balance for each address and asset
CREATE TABLE address_balances (
  watched_address_id BIGINT NOT NULL CHECK (typeof(watched_address_id) = 'integer'),
  asset_id BIGINT NOT NULL CHECK (typeof(asset_id) = 'integer'),
  balance TEXT NOT NULL DEFAULT '0.000000000000000000' CHECK (json_valid(balance) AND balance NOT GLOB '*[^0-9.-]*' AND instr(ltrim(balance, '-') || '.', '.') <= 21 AND length(balance) - instr(balance || '.', '.') <= 18),
  as_of_height BIGINT NOT NULL CHECK (typeof(as_of_height) = 'integer'),
  updated_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(updated_at) IS NOT NULL),
  PRIMARY KEY (watched_address_id, asset_id),
  CONSTRAINT fk_address_balances_assets FOREIGN KEY (asset_id) REFERENCES assets (id) ON DELETE CASCADE,
  CONSTRAINT fk_address_balances_watched_addresses FOREIGN KEY (watched_address_id) REFERENCES watched_addresses (id) ON DELETE CASCADE,
  CONSTRAINT chk_address_balances_balance CHECK (CAST(balance AS REAL) >= 0)
);
CREATE INDEX idx_address_balances_asset_id_balance ON address_balances (asset_id, CAST(balance AS REAL) DESC);
-- Headers of the blocks that were scanned, orphaned ones included
CREATE TABLE blocks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chain_id INT NOT NULL CHECK (typeof(chain_id) = 'integer' AND chain_id BETWEEN -2147483648 AND 2147483647),
  height BIGINT NOT NULL CHECK (typeof(height) = 'integer'),
  block_hash BLOB NOT NULL CHECK (typeof(block_hash) = 'blob'),
  parent_hash BLOB NOT NULL CHECK (typeof(parent_hash) = 'blob'),
  -- False once a reorganisation has dropped the block
  is_canonical BOOLEAN NOT NULL DEFAULT 1 CHECK (is_canonical IN (0, 1)),
  mined_at DATETIME NOT NULL CHECK (julianday(mined_at) IS NOT NULL),
  scanned_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(scanned_at) IS NOT NULL),
  CONSTRAINT fk_blocks_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE CASCADE,
  CONSTRAINT chk_blocks_block_hash CHECK (length(block_hash) = 32),
  CONSTRAINT chk_blocks_height CHECK (height >= 0),
  CONSTRAINT chk_blocks_parent_hash CHECK (length(parent_hash) = 32)
);
CREATE UNIQUE INDEX idx_blocks_chain_id_block_hash ON blocks (chain_id, block_hash);
-- One block for a height, unless orphaned
CREATE UNIQUE INDEX idx_blocks_chain_id_height ON blocks (chain_id, height) WHERE is_canonical;
CREATE INDEX idx_blocks_chain_id_mined_at ON blocks (chain_id, mined_at DESC);
-- Prices of assets as the feeds told them
CREATE TABLE price_quotes (
  asset_id BIGINT NOT NULL CHECK (typeof(asset_id) = 'integer'),
  currency TEXT NOT NULL CHECK (length(currency) <= 3),
  quoted_at DATETIME NOT NULL CHECK (julianday(quoted_at) IS NOT NULL),
  price TEXT NOT NULL CHECK (json_valid(price) AND price NOT GLOB '*[^0-9.-]*' AND instr(ltrim(price, '-') || '.', '.') <= 21 AND length(price) - instr(price || '.', '.') <= 18),
  confidence REAL NOT NULL DEFAULT 1 CHECK (typeof(confidence) = 'real'),
  PRIMARY KEY (asset_id, currency, quoted_at),
  CONSTRAINT fk_price_quotes_assets FOREIGN KEY (asset_id) REFERENCES assets (id) ON DELETE CASCADE,
  CONSTRAINT chk_price_quotes_confidence CHECK (confidence >= 0 AND confidence <= 1),
  CONSTRAINT chk_price_quotes_currency CHECK (currency IN ('EUR', 'USD', 'CHF')),
  CONSTRAINT chk_price_quotes_price CHECK (CAST(price AS REAL) > 0)
);
CREATE INDEX idx_price_quotes_quoted_at ON price_quotes (quoted_at);
-- How far each chain was scanned, and by whom
CREATE TABLE scan_cursors (
  chain_id INT NOT NULL CHECK (typeof(chain_id) = 'integer' AND chain_id BETWEEN -2147483648 AND 2147483647),
  next_height BIGINT NOT NULL DEFAULT 0 CHECK (typeof(next_height) = 'integer'),
  worker_name TEXT CHECK (length(worker_name) <= 80),
  heartbeat_at DATETIME CHECK (heartbeat_at IS NULL OR julianday(heartbeat_at) IS NOT NULL),
  state TEXT NOT NULL DEFAULT 'idle' CHECK (length(state) <= 8),
  PRIMARY KEY (chain_id),
  CONSTRAINT fk_scan_cursors_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE CASCADE,
  CONSTRAINT chk_scan_cursors_next_height CHECK (next_height >= 0),
  CONSTRAINT chk_scan_cursors_state CHECK (state IN ('idle', 'scanning', 'paused'))
);
CREATE INDEX idx_scan_cursors_heartbeat_at ON scan_cursors (heartbeat_at) WHERE worker_name IS NOT NULL;
-- Movements of assets from or to a watched address
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  block_id BIGINT NOT NULL CHECK (typeof(block_id) = 'integer'),
  watched_address_id BIGINT NOT NULL CHECK (typeof(watched_address_id) = 'integer'),
  asset_id BIGINT NOT NULL CHECK (typeof(asset_id) = 'integer'),
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing', 'internal')),
  tx_hash BLOB NOT NULL CHECK (typeof(tx_hash) = 'blob'),
  -- Place inside the transaction; 0 for the native coin
  log_position INT NOT NULL DEFAULT 0 CHECK (typeof(log_position) = 'integer' AND log_position BETWEEN -2147483648 AND 2147483647),
  counterparty TEXT CHECK (length(counterparty) <= 128),
  amount TEXT NOT NULL CHECK (json_valid(amount) AND amount NOT GLOB '*[^0-9.-]*' AND instr(ltrim(amount, '-') || '.', '.') <= 21 AND length(amount) - instr(amount || '.', '.') <= 18),
  -- Paid by the watched address; empty for incoming ones
  fee TEXT CHECK (json_valid(fee) AND fee NOT GLOB '*[^0-9.-]*' AND instr(ltrim(fee, '-') || '.', '.') <= 21 AND length(fee) - instr(fee || '.', '.') <= 18),
  raw_payload TEXT CHECK (json_valid(raw_payload)),
  observed_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(observed_at) IS NOT NULL),
  CONSTRAINT fk_transfers_assets FOREIGN KEY (asset_id) REFERENCES assets (id) ON DELETE RESTRICT,
  CONSTRAINT fk_transfers_blocks FOREIGN KEY (block_id) REFERENCES blocks (id) ON DELETE CASCADE,
  CONSTRAINT fk_transfers_watched_addresses FOREIGN KEY (watched_address_id) REFERENCES watched_addresses (id) ON DELETE CASCADE,
  CONSTRAINT chk_transfers_amount CHECK (CAST(amount AS REAL) > 0),
  CONSTRAINT chk_transfers_fee CHECK (CAST(fee AS REAL) >= 0),
  CONSTRAINT chk_transfers_log_position CHECK (log_position >= 0),
  CONSTRAINT chk_transfers_tx_hash CHECK (length(tx_hash) IN (32, 64))
);
CREATE INDEX idx_transfers_asset_id_direction_observed_at ON transfers (asset_id, direction, observed_at);
CREATE INDEX idx_transfers_block_id ON transfers (block_id);
CREATE INDEX idx_transfers_counterparty ON transfers (counterparty) WHERE direction = 'outgoing';
CREATE UNIQUE INDEX idx_transfers_tx_hash_log_position_watched_address_id ON transfers (tx_hash, log_position, watched_address_id);
CREATE INDEX idx_transfers_watched_address_id_observed_at ON transfers (watched_address_id, observed_at DESC);
-- Where customers want to be told of transfers
CREATE TABLE webhooks (
  id TEXT NOT NULL CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  customer_public_id TEXT NOT NULL CHECK (length(customer_public_id) = 36 AND customer_public_id NOT GLOB '*[^0-9a-f-]*'),
  target_url TEXT NOT NULL CHECK (length(target_url) <= 2048),
  -- HMAC key, encrypted
  secret_ciphertext BLOB NOT NULL CHECK (typeof(secret_ciphertext) = 'blob'),
  content_kind TEXT NOT NULL DEFAULT 'json' CHECK (length(content_kind) <= 8),
  -- Empty: each event
  event_filter TEXT CHECK (json_valid(event_filter)),
  is_enabled BOOLEAN NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1)),
  failure_count INT NOT NULL DEFAULT 0 CHECK (typeof(failure_count) = 'integer' AND failure_count BETWEEN -2147483648 AND 2147483647),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  PRIMARY KEY (id),
  CONSTRAINT chk_webhooks_content_kind CHECK (content_kind IN ('json', 'cbor')),
  CONSTRAINT chk_webhooks_failure_count CHECK (failure_count >= 0),
  CONSTRAINT chk_webhooks_target_url CHECK (length(target_url) >= 12)
);
CREATE INDEX idx_webhooks_customer_public_id_created_at ON webhooks (customer_public_id, created_at);
CREATE INDEX idx_webhooks_failure_count ON webhooks (failure_count DESC) WHERE is_enabled;
-- Attempts to tell a customer; kept for thirty days
CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id TEXT NOT NULL CHECK (length(webhook_id) = 36 AND webhook_id NOT GLOB '*[^0-9a-f-]*'),
  -- Stays empty for test calls
  transfer_id BIGINT CHECK (typeof(transfer_id) IN ('integer', 'null')),
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'delivered', 'failed', 'abandoned')),
  request_body TEXT NOT NULL CHECK (json_valid(request_body)),
  attempt_count SMALLINT NOT NULL DEFAULT 0 CHECK (typeof(attempt_count) = 'integer' AND attempt_count BETWEEN -32768 AND 32767),
  response_code SMALLINT CHECK (typeof(response_code) IN ('integer', 'null') AND response_code BETWEEN -32768 AND 32767),
  next_attempt_at DATETIME CHECK (next_attempt_at IS NULL OR julianday(next_attempt_at) IS NOT NULL),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  finished_at DATETIME CHECK (finished_at IS NULL OR julianday(finished_at) IS NOT NULL),
  CONSTRAINT fk_webhook_deliveries_transfers FOREIGN KEY (transfer_id) REFERENCES transfers (id) ON DELETE SET NULL,
  CONSTRAINT fk_webhook_deliveries_webhooks FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE,
  CONSTRAINT chk_webhook_deliveries_attempt_count CHECK (attempt_count >= 0 AND attempt_count <= 20),
  CONSTRAINT chk_webhook_deliveries_response_code CHECK (response_code >= 100 AND response_code <= 599)
);
-- The queue, in the order of work
CREATE INDEX idx_webhook_deliveries_next_attempt_at_id ON webhook_deliveries (next_attempt_at, id) WHERE status = 'queued';
CREATE INDEX idx_webhook_deliveries_transfer_id ON webhook_deliveries (transfer_id);
CREATE INDEX idx_webhook_deliveries_webhook_id_created_at ON webhook_deliveries (webhook_id, created_at DESC);
