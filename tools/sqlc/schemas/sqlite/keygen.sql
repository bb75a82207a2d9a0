-- Organisations that hold wallets with us
CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The only identifier that leaves this database
  public_id TEXT NOT NULL CHECK (length(public_id) = 36 AND public_id NOT GLOB '*[^0-9a-f-]*'),
  name TEXT NOT NULL CHECK (length(name) <= 120),
  email TEXT NOT NULL CHECK (length(email) <= 254),
  -- Decides the default quotas
  tier TEXT NOT NULL DEFAULT 'standard' CHECK (length(tier) <= 16),
  country_code TEXT CHECK (length(country_code) <= 2),
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  updated_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(updated_at) IS NOT NULL),
  -- Set once the contract has ended; keys outlive it
  closed_at DATETIME CHECK (closed_at IS NULL OR julianday(closed_at) IS NOT NULL),
  CONSTRAINT chk_customers_country_code CHECK (length(country_code) = 2),
  CONSTRAINT chk_customers_name CHECK (length(name) > 0),
  CONSTRAINT chk_customers_tier CHECK (tier IN ('trial', 'standard', 'enterprise'))
);
-- One account for an address, however it is spelled
CREATE UNIQUE INDEX idx_customers_lower_email ON customers (lower(email));
CREATE UNIQUE INDEX idx_customers_public_id ON customers (public_id);
CREATE INDEX idx_customers_tier_created_at ON customers (tier, created_at) WHERE closed_at IS NULL;
-- Secrets with which customers call the API; only digests are kept
CREATE TABLE api_credentials (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id BIGINT NOT NULL CHECK (typeof(customer_id) = 'integer'),
  -- First characters of the secret, shown in lists
  prefix TEXT NOT NULL CHECK (length(prefix) <= 12),
  -- SHA-256 of the secret
  secret_digest BLOB NOT NULL CHECK (typeof(secret_digest) = 'blob'),
  scopes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(scopes)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  expires_at DATETIME CHECK (expires_at IS NULL OR julianday(expires_at) IS NOT NULL),
  last_used_at DATETIME CHECK (last_used_at IS NULL OR julianday(last_used_at) IS NOT NULL),
  revoked_at DATETIME CHECK (revoked_at IS NULL OR julianday(revoked_at) IS NOT NULL),
  CONSTRAINT fk_api_credentials_customers FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT chk_api_credentials_expires_at CHECK (julianday(expires_at) > julianday(created_at)),
  CONSTRAINT chk_api_credentials_secret_digest CHECK (length(secret_digest) = 32)
);
CREATE INDEX idx_api_credentials_customer_id_created_at ON api_credentials (customer_id, created_at DESC);
-- Credentials that may still expire
CREATE INDEX idx_api_credentials_expires_at ON api_credentials (expires_at) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX idx_api_credentials_prefix ON api_credentials (prefix);
-- Groups of keys that share one seed and one purpose
CREATE TABLE wallets (
  id TEXT NOT NULL CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  customer_id BIGINT NOT NULL CHECK (typeof(customer_id) = 'integer'),
  name TEXT NOT NULL CHECK (length(name) <= 80),
  -- How close to the network the keys are kept
  temperature TEXT NOT NULL DEFAULT 'hot' CHECK (length(temperature) <= 8),
  description TEXT,
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  archived_at DATETIME CHECK (archived_at IS NULL OR julianday(archived_at) IS NOT NULL),
  PRIMARY KEY (id),
  CONSTRAINT fk_wallets_customers FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT,
  CONSTRAINT chk_wallets_archived_at CHECK (julianday(archived_at) >= julianday(created_at)),
  CONSTRAINT chk_wallets_temperature CHECK (temperature IN ('hot', 'warm', 'cold'))
);
CREATE UNIQUE INDEX idx_wallets_customer_id_name ON wallets (customer_id, name);
CREATE INDEX idx_wallets_temperature_created_at ON wallets (temperature, created_at DESC) WHERE archived_at IS NULL;
-- Public halves of the keys derived from a seed
CREATE TABLE derived_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  wallet_id TEXT NOT NULL CHECK (length(wallet_id) = 36 AND wallet_id NOT GLOB '*[^0-9a-f-]*'),
  -- Account key that this one was derived from
  parent_id BIGINT CHECK (typeof(parent_id) IN ('integer', 'null')),
  algorithm TEXT NOT NULL CHECK (algorithm IN ('ed25519', 'secp256k1', 'p256')),
  -- BIP-32 notation, such as m/44h/60h/0h/0/7
  derivation_path TEXT NOT NULL CHECK (length(derivation_path) <= 120),
  depth SMALLINT NOT NULL CHECK (typeof(depth) = 'integer' AND depth BETWEEN -32768 AND 32767),
  public_material BLOB NOT NULL CHECK (typeof(public_material) = 'blob'),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'destroyed')),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  destroyed_at DATETIME CHECK (destroyed_at IS NULL OR julianday(destroyed_at) IS NOT NULL),
  CONSTRAINT fk_derived_keys_derived_keys FOREIGN KEY (parent_id) REFERENCES derived_keys (id) ON DELETE SET NULL,
  CONSTRAINT fk_derived_keys_wallets FOREIGN KEY (wallet_id) REFERENCES wallets (id) ON DELETE CASCADE,
  CONSTRAINT chk_derived_keys_depth CHECK (depth >= 0 AND depth <= 255),
  CONSTRAINT chk_derived_keys_destroyed_at CHECK ((destroyed_at IS NULL) = (status <> 'destroyed')),
  CONSTRAINT chk_derived_keys_public_material CHECK (length(public_material) IN (32, 33, 65))
);
CREATE INDEX idx_derived_keys_parent_id ON derived_keys (parent_id);
CREATE UNIQUE INDEX idx_derived_keys_public_material ON derived_keys (public_material);
CREATE INDEX idx_derived_keys_status_created_at ON derived_keys (status, created_at) WHERE status <> 'active';
CREATE UNIQUE INDEX idx_derived_keys_wallet_id_algorithm_derivation_path ON derived_keys (wallet_id, algorithm, derivation_path);
-- Free labels by which customers find their keys
CREATE TABLE derived_key_labels (
  derived_key_id BIGINT NOT NULL CHECK (typeof(derived_key_id) = 'integer'),
  label TEXT NOT NULL CHECK (length(label) <= 40),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  PRIMARY KEY (derived_key_id, label),
  CONSTRAINT fk_derived_key_labels_derived_keys FOREIGN KEY (derived_key_id) REFERENCES derived_keys (id) ON DELETE CASCADE,
  CONSTRAINT chk_derived_key_labels_label CHECK (length(label) > 0)
);
CREATE INDEX idx_derived_key_labels_lower_label ON derived_key_labels (lower(label));
-- What a customer may still create
CREATE TABLE quotas (
  customer_id BIGINT NOT NULL CHECK (typeof(customer_id) = 'integer'),
  resource_kind TEXT NOT NULL CHECK (length(resource_kind) <= 24),
  ceiling BIGINT NOT NULL CHECK (typeof(ceiling) = 'integer'),
  consumed BIGINT NOT NULL DEFAULT 0 CHECK (typeof(consumed) = 'integer'),
  renewed_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(renewed_at) IS NOT NULL),
  PRIMARY KEY (customer_id, resource_kind),
  CONSTRAINT fk_quotas_customers FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT chk_quotas_ceiling CHECK (ceiling >= 0),
  CONSTRAINT chk_quotas_consumed CHECK (consumed >= 0 AND consumed <= ceiling),
  CONSTRAINT chk_quotas_resource_kind CHECK (resource_kind IN ('wallets', 'derived_keys', 'signatures'))
);
CREATE INDEX idx_quotas_resource_kind_consumed ON quotas (resource_kind, consumed DESC);
-- Keys inside the HSM that encrypt all seeds
CREATE TABLE master_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL CHECK (length(label) <= 64),
  algorithm TEXT NOT NULL CHECK (algorithm IN ('ed25519', 'secp256k1', 'p256')),
  hsm_slot INT NOT NULL CHECK (typeof(hsm_slot) = 'integer' AND hsm_slot BETWEEN -2147483648 AND 2147483647),
  -- Tells two keys apart without revealing either
  check_value BLOB NOT NULL CHECK (typeof(check_value) = 'blob'),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'destroyed')),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  CONSTRAINT chk_master_keys_check_value CHECK (length(check_value) >= 3 AND length(check_value) <= 8),
  CONSTRAINT chk_master_keys_hsm_slot CHECK (hsm_slot >= 0)
);
-- A slot is free again once its key is destroyed
CREATE UNIQUE INDEX idx_master_keys_hsm_slot ON master_keys (hsm_slot) WHERE status <> 'destroyed';
CREATE UNIQUE INDEX idx_master_keys_label ON master_keys (label);
-- Encrypted seed of each wallet; never leaves in the clear
CREATE TABLE seeds (
  wallet_id TEXT NOT NULL CHECK (length(wallet_id) = 36 AND wallet_id NOT GLOB '*[^0-9a-f-]*'),
  master_key_id BIGINT NOT NULL CHECK (typeof(master_key_id) = 'integer'),
  ciphertext BLOB NOT NULL CHECK (typeof(ciphertext) = 'blob'),
  -- AES-GCM nonce, unique for a master key
  nonce BLOB NOT NULL CHECK (typeof(nonce) = 'blob'),
  -- First bytes of the HASH160 of the root public key
  fingerprint BLOB NOT NULL CHECK (typeof(fingerprint) = 'blob'),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  PRIMARY KEY (wallet_id),
  CONSTRAINT fk_seeds_master_keys FOREIGN KEY (master_key_id) REFERENCES master_keys (id) ON DELETE RESTRICT,
  CONSTRAINT fk_seeds_wallets FOREIGN KEY (wallet_id) REFERENCES wallets (id) ON DELETE CASCADE,
  CONSTRAINT chk_seeds_ciphertext CHECK (length(ciphertext) >= 32),
  CONSTRAINT chk_seeds_fingerprint CHECK (length(fingerprint) = 4),
  CONSTRAINT chk_seeds_nonce CHECK (length(nonce) = 12)
);
CREATE INDEX idx_seeds_fingerprint ON seeds (fingerprint);
-- A nonce must never be used twice with one key
CREATE UNIQUE INDEX idx_seeds_master_key_id_nonce ON seeds (master_key_id, nonce);
-- History of the re-encryption of seeds
CREATE TABLE seed_rotations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  wallet_id TEXT NOT NULL CHECK (length(wallet_id) = 36 AND wallet_id NOT GLOB '*[^0-9a-f-]*'),
  -- Key that the seed was moved to; empty once that key is gone
  master_key_id BIGINT CHECK (typeof(master_key_id) IN ('integer', 'null')),
  cause TEXT NOT NULL CHECK (length(cause) <= 20),
  rotated_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(rotated_at) IS NOT NULL),
  CONSTRAINT fk_seed_rotations_master_keys FOREIGN KEY (master_key_id) REFERENCES master_keys (id) ON DELETE SET NULL,
  CONSTRAINT fk_seed_rotations_seeds FOREIGN KEY (wallet_id) REFERENCES seeds (wallet_id) ON DELETE CASCADE,
  CONSTRAINT chk_seed_rotations_cause CHECK (cause IN ('scheduled', 'compromise', 'hsm_migration', 'manual'))
);
CREATE INDEX idx_seed_rotations_master_key_id ON seed_rotations (master_key_id);
CREATE INDEX idx_seed_rotations_wallet_id_rotated_at ON seed_rotations (wallet_id, rotated_at DESC);
-- Monthly charges for stored keys, in the currency of the contract
CREATE TABLE usage_charges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id BIGINT NOT NULL CHECK (typeof(customer_id) = 'integer'),
  period_start DATE NOT NULL CHECK (julianday(period_start) IS NOT NULL),
  currency TEXT NOT NULL DEFAULT 'EUR' CHECK (length(currency) <= 3),
  amount TEXT NOT NULL CHECK (json_valid(amount) AND amount NOT GLOB '*[^0-9.-]*' AND instr(ltrim(amount, '-') || '.', '.') <= 21 AND length(amount) - instr(amount || '.', '.') <= 18),
  is_settled BOOLEAN NOT NULL DEFAULT 0 CHECK (is_settled IN (0, 1)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  CONSTRAINT fk_usage_charges_customers FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT,
  CONSTRAINT chk_usage_charges_amount CHECK (CAST(amount AS REAL) >= 0),
  CONSTRAINT chk_usage_charges_currency CHECK (currency IN ('EUR', 'USD', 'CHF'))
);
CREATE UNIQUE INDEX idx_usage_charges_customer_id_period_start_currency ON usage_charges (customer_id, period_start, currency);
CREATE INDEX idx_usage_charges_period_start ON usage_charges (period_start) WHERE NOT is_settled;
