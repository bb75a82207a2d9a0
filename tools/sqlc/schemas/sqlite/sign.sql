-- People and machines that approve signing requests
CREATE TABLE signers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL CHECK (length(email) <= 254),
  display_name TEXT NOT NULL CHECK (length(display_name) <= 120),
  duty TEXT NOT NULL DEFAULT 'approver' CHECK (length(duty) <= 16),
  -- Verifies the signature on each approval
  public_material BLOB NOT NULL CHECK (typeof(public_material) = 'blob'),
  enrolled_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(enrolled_at) IS NOT NULL),
  disabled_at DATETIME CHECK (disabled_at IS NULL OR julianday(disabled_at) IS NOT NULL),
  CONSTRAINT chk_signers_disabled_at CHECK (julianday(disabled_at) >= julianday(enrolled_at)),
  CONSTRAINT chk_signers_duty CHECK (duty IN ('approver', 'operator', 'auditor'))
);
CREATE INDEX idx_signers_duty ON signers (duty) WHERE disabled_at IS NULL;
-- One signer for an address, however it is spelled
CREATE UNIQUE INDEX idx_signers_lower_email ON signers (lower(email));
-- Blockchain networks; the same table stands in the databases sign and watch
CREATE TABLE chains (
  -- Number of the network in our own registry, the same in each database
  id INT NOT NULL CHECK (typeof(id) = 'integer' AND id BETWEEN -2147483648 AND 2147483647),
  kind TEXT NOT NULL CHECK (kind IN ('evm', 'utxo', 'solana')),
  -- Name as customers write it, in lower case
  name TEXT NOT NULL CHECK (length(name) <= 60),
  native_symbol TEXT NOT NULL CHECK (length(native_symbol) <= 12),
  -- Digits behind the point in the smallest unit
  decimals SMALLINT NOT NULL DEFAULT 18 CHECK (typeof(decimals) = 'integer' AND decimals BETWEEN -32768 AND 32767),
  is_testnet BOOLEAN NOT NULL DEFAULT 0 CHECK (is_testnet IN (0, 1)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  PRIMARY KEY (id),
  CONSTRAINT chk_chains_decimals CHECK (decimals >= 0 AND decimals <= 36),
  CONSTRAINT chk_chains_name CHECK (name = lower(name))
);
-- Networks with real money, for the pickers
CREATE INDEX idx_chains_kind_name ON chains (kind, name) WHERE NOT is_testnet;
CREATE UNIQUE INDEX idx_chains_name ON chains (name);
-- Rules that a request has to satisfy before it is signed
CREATE TABLE policies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Empty: the policy holds on each chain
  chain_id INT CHECK (typeof(chain_id) IN ('integer', 'null') AND chain_id BETWEEN -2147483648 AND 2147483647),
  name TEXT NOT NULL CHECK (length(name) <= 80),
  min_approvals SMALLINT NOT NULL DEFAULT 1 CHECK (typeof(min_approvals) = 'integer' AND min_approvals BETWEEN -32768 AND 32767),
  -- Per request, in the unit of the chain; empty: no limit
  max_amount TEXT CHECK (json_valid(max_amount) AND max_amount NOT GLOB '*[^0-9.-]*' AND instr(ltrim(max_amount, '-') || '.', '.') <= 21 AND length(max_amount) - instr(max_amount || '.', '.') <= 18),
  -- Conditions beyond amount and approvals
  document TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(document)),
  -- The matching policy with the lowest number decides
  priority INT NOT NULL DEFAULT 100 CHECK (typeof(priority) = 'integer' AND priority BETWEEN -2147483648 AND 2147483647),
  is_enabled BOOLEAN NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1)),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  updated_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(updated_at) IS NOT NULL),
  CONSTRAINT fk_policies_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE CASCADE,
  CONSTRAINT chk_policies_max_amount CHECK (CAST(max_amount AS REAL) > 0),
  CONSTRAINT chk_policies_min_approvals CHECK (min_approvals >= 0 AND min_approvals <= 10)
);
CREATE INDEX idx_policies_chain_id_priority ON policies (chain_id, priority);
CREATE UNIQUE INDEX idx_policies_name ON policies (name);
CREATE INDEX idx_policies_priority ON policies (priority) WHERE is_enabled;
-- One payload that a customer wants signed
CREATE TABLE signing_requests (
  id TEXT NOT NULL CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- customers.public_id of the database keygen
  customer_public_id TEXT NOT NULL CHECK (length(customer_public_id) = 36 AND customer_public_id NOT GLOB '*[^0-9a-f-]*'),
  -- derived_keys.id of the database keygen
  derived_key_id BIGINT NOT NULL CHECK (typeof(derived_key_id) = 'integer'),
  chain_id INT NOT NULL CHECK (typeof(chain_id) = 'integer' AND chain_id BETWEEN -2147483648 AND 2147483647),
  -- Policy that was applied; empty until one matched
  policy_id BIGINT CHECK (typeof(policy_id) IN ('integer', 'null')),
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected', 'signed', 'expired')),
  destination TEXT NOT NULL CHECK (length(destination) <= 128),
  amount TEXT NOT NULL CHECK (json_valid(amount) AND amount NOT GLOB '*[^0-9.-]*' AND instr(ltrim(amount, '-') || '.', '.') <= 21 AND length(amount) - instr(amount || '.', '.') <= 18),
  payload BLOB NOT NULL CHECK (typeof(payload) = 'blob'),
  payload_digest BLOB NOT NULL CHECK (typeof(payload_digest) = 'blob'),
  -- Chosen by the customer; a repeated call finds the first request
  idempotency_token TEXT NOT NULL CHECK (length(idempotency_token) <= 64),
  context TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(context)),
  requested_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(requested_at) IS NOT NULL),
  expires_at DATETIME NOT NULL CHECK (julianday(expires_at) IS NOT NULL),
  completed_at DATETIME CHECK (completed_at IS NULL OR julianday(completed_at) IS NOT NULL),
  PRIMARY KEY (id),
  CONSTRAINT fk_signing_requests_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE RESTRICT,
  CONSTRAINT fk_signing_requests_policies FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE SET NULL,
  CONSTRAINT chk_signing_requests_amount CHECK (CAST(amount AS REAL) >= 0),
  CONSTRAINT chk_signing_requests_completed_at CHECK (completed_at IS NULL OR status <> 'pending'),
  CONSTRAINT chk_signing_requests_expires_at CHECK (julianday(expires_at) > julianday(requested_at)),
  CONSTRAINT chk_signing_requests_payload CHECK (length(payload) > 0),
  CONSTRAINT chk_signing_requests_payload_digest CHECK (length(payload_digest) = 32)
);
CREATE INDEX idx_signing_requests_chain_id_status_requested_at ON signing_requests (chain_id, status, requested_at DESC);
CREATE UNIQUE INDEX idx_signing_requests_customer_public_id_idempotency_token ON signing_requests (customer_public_id, idempotency_token);
CREATE INDEX idx_signing_requests_derived_key_id_requested_at ON signing_requests (derived_key_id, requested_at);
-- What the expiry job looks for
CREATE INDEX idx_signing_requests_expires_at ON signing_requests (expires_at) WHERE status = 'pending';
CREATE INDEX idx_signing_requests_policy_id ON signing_requests (policy_id);
-- Decisions of signers; one for each request and signer
CREATE TABLE approvals (
  request_id TEXT NOT NULL CHECK (length(request_id) = 36 AND request_id NOT GLOB '*[^0-9a-f-]*'),
  signer_id BIGINT NOT NULL CHECK (typeof(signer_id) = 'integer'),
  decision TEXT NOT NULL CHECK (decision IN ('approve', 'reject', 'abstain')),
  remark TEXT CHECK (length(remark) <= 500),
  -- Signature of the signer over request and decision
  proof BLOB NOT NULL CHECK (typeof(proof) = 'blob'),
  decided_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(decided_at) IS NOT NULL),
  PRIMARY KEY (request_id, signer_id),
  CONSTRAINT fk_approvals_signers FOREIGN KEY (signer_id) REFERENCES signers (id) ON DELETE RESTRICT,
  CONSTRAINT fk_approvals_signing_requests FOREIGN KEY (request_id) REFERENCES signing_requests (id) ON DELETE CASCADE,
  CONSTRAINT chk_approvals_proof CHECK (length(proof) >= 64 AND length(proof) <= 72)
);
CREATE INDEX idx_approvals_request_id ON approvals (request_id) WHERE decision = 'reject';
CREATE INDEX idx_approvals_signer_id_decided_at ON approvals (signer_id, decided_at DESC);
-- Hash chain of everything that happened; rows are never changed
CREATE TABLE audit_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Stays when the request is purged, without its reference
  request_id TEXT CHECK (length(request_id) = 36 AND request_id NOT GLOB '*[^0-9a-f-]*'),
  actor TEXT NOT NULL CHECK (length(actor) <= 120),
  event_name TEXT NOT NULL CHECK (length(event_name) <= 40),
  details TEXT CHECK (json_valid(details)),
  -- Empty in the first entry only
  previous_hash BLOB CHECK (typeof(previous_hash) IN ('blob', 'null')),
  entry_hash BLOB NOT NULL CHECK (typeof(entry_hash) = 'blob'),
  recorded_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(recorded_at) IS NOT NULL),
  CONSTRAINT fk_audit_entries_signing_requests FOREIGN KEY (request_id) REFERENCES signing_requests (id) ON DELETE SET NULL,
  CONSTRAINT chk_audit_entries_entry_hash CHECK (length(entry_hash) = 32),
  CONSTRAINT chk_audit_entries_previous_hash CHECK (length(previous_hash) = 32)
);
CREATE UNIQUE INDEX idx_audit_entries_entry_hash ON audit_entries (entry_hash);
-- Search by actor, whatever the spelling
CREATE INDEX idx_audit_entries_lower_actor_recorded_at ON audit_entries (lower(actor), recorded_at);
CREATE INDEX idx_audit_entries_request_id_recorded_at ON audit_entries (request_id, recorded_at);
-- Next transaction number of each key on each chain
CREATE TABLE key_nonces (
  chain_id INT NOT NULL CHECK (typeof(chain_id) = 'integer' AND chain_id BETWEEN -2147483648 AND 2147483647),
  derived_key_id BIGINT NOT NULL CHECK (typeof(derived_key_id) = 'integer'),
  next_nonce BIGINT NOT NULL DEFAULT 0 CHECK (typeof(next_nonce) = 'integer'),
  updated_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(updated_at) IS NOT NULL),
  PRIMARY KEY (chain_id, derived_key_id),
  CONSTRAINT fk_key_nonces_chains FOREIGN KEY (chain_id) REFERENCES chains (id) ON DELETE CASCADE,
  CONSTRAINT chk_key_nonces_next_nonce CHECK (next_nonce >= 0)
);
CREATE INDEX idx_key_nonces_derived_key_id ON key_nonces (derived_key_id);
-- Who may approve under which policy
CREATE TABLE policy_signers (
  policy_id BIGINT NOT NULL CHECK (typeof(policy_id) = 'integer'),
  signer_id BIGINT NOT NULL CHECK (typeof(signer_id) = 'integer'),
  -- Counts as so many approvals
  weight SMALLINT NOT NULL DEFAULT 1 CHECK (typeof(weight) = 'integer' AND weight BETWEEN -32768 AND 32767),
  granted_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(granted_at) IS NOT NULL),
  PRIMARY KEY (policy_id, signer_id),
  CONSTRAINT fk_policy_signers_policies FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE CASCADE,
  CONSTRAINT fk_policy_signers_signers FOREIGN KEY (signer_id) REFERENCES signers (id) ON DELETE CASCADE,
  CONSTRAINT chk_policy_signers_weight CHECK (weight >= 1 AND weight <= 5)
);
CREATE INDEX idx_policy_signers_signer_id ON policy_signers (signer_id);
-- Results of signing; several where a payload has several inputs
CREATE TABLE signatures (
  request_id TEXT NOT NULL CHECK (length(request_id) = 36 AND request_id NOT GLOB '*[^0-9a-f-]*'),
  input_number SMALLINT NOT NULL DEFAULT 0 CHECK (typeof(input_number) = 'integer' AND input_number BETWEEN -32768 AND 32767),
  signature BLOB NOT NULL CHECK (typeof(signature) = 'blob'),
  -- For ECDSA recovery on EVM chains
  recovery_code SMALLINT CHECK (typeof(recovery_code) IN ('integer', 'null') AND recovery_code BETWEEN -32768 AND 32767),
  created_at DATETIME NOT NULL DEFAULT (CURRENT_TIMESTAMP) CHECK (julianday(created_at) IS NOT NULL),
  PRIMARY KEY (request_id, input_number),
  CONSTRAINT fk_signatures_signing_requests FOREIGN KEY (request_id) REFERENCES signing_requests (id) ON DELETE CASCADE,
  CONSTRAINT chk_signatures_input_number CHECK (input_number >= 0),
  CONSTRAINT chk_signatures_recovery_code CHECK (recovery_code IN (0, 1, 2, 3)),
  CONSTRAINT chk_signatures_signature CHECK (length(signature) >= 64 AND length(signature) <= 72)
);
CREATE INDEX idx_signatures_created_at ON signatures (created_at);
-- Ceilings over a period, for each policy
CREATE TABLE spending_limits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  policy_id BIGINT NOT NULL CHECK (typeof(policy_id) = 'integer'),
  period_kind TEXT NOT NULL CHECK (length(period_kind) <= 8),
  ceiling TEXT NOT NULL CHECK (json_valid(ceiling) AND ceiling NOT GLOB '*[^0-9.-]*' AND instr(ltrim(ceiling, '-') || '.', '.') <= 21 AND length(ceiling) - instr(ceiling || '.', '.') <= 18),
  spent TEXT NOT NULL DEFAULT '0.000000000000000000' CHECK (json_valid(spent) AND spent NOT GLOB '*[^0-9.-]*' AND instr(ltrim(spent, '-') || '.', '.') <= 21 AND length(spent) - instr(spent || '.', '.') <= 18),
  resets_at DATETIME NOT NULL CHECK (julianday(resets_at) IS NOT NULL),
  CONSTRAINT fk_spending_limits_policies FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE CASCADE,
  CONSTRAINT chk_spending_limits_ceiling CHECK (CAST(ceiling AS REAL) > 0),
  CONSTRAINT chk_spending_limits_period_kind CHECK (period_kind IN ('hour', 'day', 'month')),
  CONSTRAINT chk_spending_limits_spent CHECK (CAST(spent AS REAL) >= 0 AND CAST(spent AS REAL) <= CAST(ceiling AS REAL))
);
CREATE UNIQUE INDEX idx_spending_limits_policy_id_period_kind ON spending_limits (policy_id, period_kind);
CREATE INDEX idx_spending_limits_resets_at ON spending_limits (resets_at);
