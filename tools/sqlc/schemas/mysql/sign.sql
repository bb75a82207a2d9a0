-- Create "signers" table
CREATE TABLE `signers` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(254) NOT NULL,
  `display_name` varchar(120) NOT NULL,
  `duty` enum('approver','operator','auditor') NOT NULL DEFAULT "approver",
  `public_material` varbinary(65) NOT NULL COMMENT "Verifies the signature on each approval",
  `enrolled_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `disabled_at` datetime(6) NULL,
  PRIMARY KEY (`id`),
  INDEX `idx_signers_duty` (`duty`),
  UNIQUE INDEX `idx_signers_email` (`email`) COMMENT "One signer for an address: the collation ignores how it is spelled"
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "People and machines that approve signing requests";
-- Create "chains" table
CREATE TABLE `chains` (
  `id` int unsigned NOT NULL COMMENT "Number of the network in our own registry, the same in each database",
  `kind` enum('evm','utxo','solana') NOT NULL,
  `name` varchar(60) NOT NULL COMMENT "Name as customers write it, in lower case",
  `native_symbol` varchar(12) NOT NULL,
  `decimals` tinyint unsigned NOT NULL DEFAULT 18 COMMENT "Digits behind the point in the smallest unit",
  `is_testnet` bool NOT NULL DEFAULT 0,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_chains_kind_name` (`kind`, `name`) COMMENT "Networks with real money, for the pickers",
  UNIQUE INDEX `idx_chains_name` (`name`),
  CONSTRAINT `chk_chains_decimals` CHECK (`decimals` between 0 and 36)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Blockchain networks; the same table stands in the databases sign and watch";
-- Create "policies" table
CREATE TABLE `policies` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `chain_id` int unsigned NULL COMMENT "Empty: the policy holds on each chain",
  `name` varchar(80) NOT NULL,
  `min_approvals` tinyint unsigned NOT NULL DEFAULT 1,
  `max_amount` decimal(38,18) NULL COMMENT "Per request, in the unit of the chain; empty: no limit",
  `document` json NOT NULL COMMENT "Conditions beyond amount and approvals",
  `priority` int NOT NULL DEFAULT 100 COMMENT "The matching policy with the lowest number decides",
  `is_enabled` bool NOT NULL DEFAULT 1,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `updated_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_policies_chain_id_priority` (`chain_id`, `priority`),
  UNIQUE INDEX `idx_policies_name` (`name`),
  INDEX `idx_policies_priority` (`priority`),
  CONSTRAINT `fk_policies_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_policies_max_amount` CHECK (`max_amount` > 0),
  CONSTRAINT `chk_policies_min_approvals` CHECK (`min_approvals` between 0 and 10)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Rules that a request has to satisfy before it is signed";
-- Create "signing_requests" table
CREATE TABLE `signing_requests` (
  `id` char(36) NOT NULL,
  `customer_public_id` char(36) NOT NULL COMMENT "customers.public_id of the database keygen",
  `derived_key_id` bigint unsigned NOT NULL COMMENT "derived_keys.id of the database keygen",
  `chain_id` int unsigned NOT NULL,
  `policy_id` bigint unsigned NULL COMMENT "Policy that was applied; empty until one matched",
  `status` enum('pending','approved','rejected','signed','expired') NOT NULL DEFAULT "pending",
  `destination` varchar(128) NOT NULL COLLATE utf8mb4_bin,
  `amount` decimal(38,18) NOT NULL,
  `payload` mediumblob NOT NULL,
  `payload_digest` binary(32) NOT NULL,
  `idempotency_token` varchar(64) NOT NULL COMMENT "Chosen by the customer; a repeated call finds the first request" COLLATE utf8mb4_0900_as_cs,
  `context` json NOT NULL,
  `requested_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `expires_at` datetime(6) NOT NULL,
  `completed_at` datetime(6) NULL,
  PRIMARY KEY (`id`),
  INDEX `idx_signing_requests_chain_id_status_requested_at` (`chain_id`, `status`, `requested_at` DESC),
  UNIQUE INDEX `idx_signing_requests_customer_public_id_idempotency_token` (`customer_public_id`, `idempotency_token`),
  INDEX `idx_signing_requests_derived_key_id_requested_at` (`derived_key_id`, `requested_at`),
  INDEX `idx_signing_requests_destination` (`destination` (24)),
  INDEX `idx_signing_requests_expires_at` (`expires_at`) COMMENT "What the expiry job looks for",
  INDEX `idx_signing_requests_policy_id` (`policy_id`),
  CONSTRAINT `fk_signing_requests_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT,
  CONSTRAINT `fk_signing_requests_policies` FOREIGN KEY (`policy_id`) REFERENCES `policies` (`id`) ON UPDATE NO ACTION ON DELETE SET NULL
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "One payload that a customer wants signed";
-- Create "approvals" table
CREATE TABLE `approvals` (
  `request_id` char(36) NOT NULL,
  `signer_id` bigint unsigned NOT NULL,
  `decision` enum('approve','reject','abstain') NOT NULL,
  `remark` varchar(500) NULL,
  `proof` varbinary(72) NOT NULL COMMENT "Signature of the signer over request and decision",
  `decided_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`request_id`, `signer_id`),
  INDEX `idx_approvals_signer_id_decided_at` (`signer_id`, `decided_at` DESC),
  CONSTRAINT `fk_approvals_signers` FOREIGN KEY (`signer_id`) REFERENCES `signers` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT,
  CONSTRAINT `fk_approvals_signing_requests` FOREIGN KEY (`request_id`) REFERENCES `signing_requests` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Decisions of signers; one for each request and signer";
-- Create "audit_entries" table
CREATE TABLE `audit_entries` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `request_id` char(36) NULL COMMENT "Stays when the request is purged, without its reference",
  `actor` varchar(120) NOT NULL,
  `event_name` varchar(40) NOT NULL,
  `details` json NULL,
  `previous_hash` binary(32) NULL COMMENT "Empty in the first entry only",
  `entry_hash` binary(32) NOT NULL,
  `recorded_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_audit_entries_actor_recorded_at` (`actor`, `recorded_at`) COMMENT "Search by actor, whatever the spelling",
  UNIQUE INDEX `idx_audit_entries_entry_hash` (`entry_hash`),
  INDEX `idx_audit_entries_request_id_recorded_at` (`request_id`, `recorded_at`),
  CONSTRAINT `fk_audit_entries_signing_requests` FOREIGN KEY (`request_id`) REFERENCES `signing_requests` (`id`) ON UPDATE NO ACTION ON DELETE SET NULL
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Hash chain of everything that happened; rows are never changed";
-- Create "key_nonces" table
CREATE TABLE `key_nonces` (
  `chain_id` int unsigned NOT NULL,
  `derived_key_id` bigint unsigned NOT NULL,
  `next_nonce` bigint unsigned NOT NULL DEFAULT 0,
  `updated_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`chain_id`, `derived_key_id`),
  INDEX `idx_key_nonces_derived_key_id` (`derived_key_id`),
  CONSTRAINT `fk_key_nonces_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Next transaction number of each key on each chain";
-- Create "policy_signers" table
CREATE TABLE `policy_signers` (
  `policy_id` bigint unsigned NOT NULL,
  `signer_id` bigint unsigned NOT NULL,
  `weight` tinyint unsigned NOT NULL DEFAULT 1 COMMENT "Counts as so many approvals",
  `granted_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`policy_id`, `signer_id`),
  INDEX `idx_policy_signers_signer_id` (`signer_id`),
  CONSTRAINT `fk_policy_signers_policies` FOREIGN KEY (`policy_id`) REFERENCES `policies` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `fk_policy_signers_signers` FOREIGN KEY (`signer_id`) REFERENCES `signers` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_policy_signers_weight` CHECK (`weight` between 1 and 5)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Who may approve under which policy";
-- Create "signatures" table
CREATE TABLE `signatures` (
  `request_id` char(36) NOT NULL,
  `input_number` smallint unsigned NOT NULL DEFAULT 0,
  `signature` varbinary(72) NOT NULL,
  `recovery_code` tinyint unsigned NULL COMMENT "For ECDSA recovery on EVM chains",
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`request_id`, `input_number`),
  INDEX `idx_signatures_created_at` (`created_at`),
  CONSTRAINT `fk_signatures_signing_requests` FOREIGN KEY (`request_id`) REFERENCES `signing_requests` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Results of signing; several where a payload has several inputs";
-- Create "spending_limits" table
CREATE TABLE `spending_limits` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `policy_id` bigint unsigned NOT NULL,
  `period_kind` enum('hour','day','month') NOT NULL,
  `ceiling` decimal(38,18) NOT NULL,
  `spent` decimal(38,18) NOT NULL DEFAULT 0.000000000000000000,
  `resets_at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_spending_limits_policy_id_period_kind` (`policy_id`, `period_kind`),
  INDEX `idx_spending_limits_resets_at` (`resets_at`),
  CONSTRAINT `fk_spending_limits_policies` FOREIGN KEY (`policy_id`) REFERENCES `policies` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_spending_limits_ceiling` CHECK (`ceiling` > 0)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Ceilings over a period, for each policy";
