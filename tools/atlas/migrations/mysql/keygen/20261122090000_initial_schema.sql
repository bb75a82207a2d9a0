-- Create "customers" table
CREATE TABLE `customers` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `public_id` char(36) NOT NULL COMMENT "The only identifier that leaves this database",
  `name` varchar(120) NOT NULL,
  `email` varchar(254) NOT NULL,
  `tier` enum('trial','standard','enterprise') NOT NULL DEFAULT "standard" COMMENT "Decides the default quotas",
  `country_code` char(2) NULL,
  `metadata` json NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `updated_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `closed_at` datetime(6) NULL COMMENT "Set once the contract has ended; keys outlive it",
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_customers_email` (`email`) COMMENT "One account for an address: the collation ignores how it is spelled",
  UNIQUE INDEX `idx_customers_public_id` (`public_id`),
  INDEX `idx_customers_tier_created_at` (`tier`, `created_at`)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Organisations that hold wallets with us";
-- Create "api_credentials" table
CREATE TABLE `api_credentials` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `customer_id` bigint unsigned NOT NULL,
  `prefix` varchar(12) NOT NULL COMMENT "First characters of the secret, shown in lists" COLLATE utf8mb4_0900_as_cs,
  `secret_digest` binary(32) NOT NULL COMMENT "SHA-256 of the secret",
  `scopes` json NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `expires_at` datetime(6) NULL,
  `last_used_at` datetime(6) NULL,
  `revoked_at` datetime(6) NULL,
  PRIMARY KEY (`id`),
  INDEX `idx_api_credentials_customer_id_created_at` (`customer_id`, `created_at` DESC),
  INDEX `idx_api_credentials_expires_at` (`expires_at`) COMMENT "Credentials that may still expire",
  UNIQUE INDEX `idx_api_credentials_prefix` (`prefix`),
  CONSTRAINT `fk_api_credentials_customers` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Secrets with which customers call the API; only digests are kept";
-- Create "wallets" table
CREATE TABLE `wallets` (
  `id` char(36) NOT NULL,
  `customer_id` bigint unsigned NOT NULL,
  `name` varchar(80) NOT NULL,
  `temperature` enum('hot','warm','cold') NOT NULL DEFAULT "hot" COMMENT "How close to the network the keys are kept",
  `description` text NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `archived_at` datetime(6) NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_wallets_customer_id_name` (`customer_id`, `name`),
  FULLTEXT INDEX `idx_wallets_name_description` (`name`, `description`) COMMENT "Search in the console",
  INDEX `idx_wallets_temperature_created_at` (`temperature`, `created_at` DESC),
  CONSTRAINT `fk_wallets_customers` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Groups of keys that share one seed and one purpose";
-- Create "derived_keys" table
CREATE TABLE `derived_keys` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `wallet_id` char(36) NOT NULL,
  `parent_id` bigint unsigned NULL COMMENT "Account key that this one was derived from",
  `algorithm` enum('ed25519','secp256k1','p256') NOT NULL,
  `derivation_path` varchar(120) NOT NULL COMMENT "BIP-32 notation, such as m/44h/60h/0h/0/7" COLLATE utf8mb4_0900_as_cs,
  `depth` tinyint unsigned NOT NULL,
  `public_material` varbinary(65) NOT NULL,
  `status` enum('active','suspended','destroyed') NOT NULL DEFAULT "active",
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `destroyed_at` datetime(6) NULL,
  PRIMARY KEY (`id`),
  INDEX `idx_derived_keys_parent_id` (`parent_id`),
  UNIQUE INDEX `idx_derived_keys_public_material` (`public_material`),
  INDEX `idx_derived_keys_status_created_at` (`status`, `created_at`),
  UNIQUE INDEX `idx_derived_keys_wallet_id_algorithm_derivation_path` (`wallet_id`, `algorithm`, `derivation_path`),
  CONSTRAINT `fk_derived_keys_derived_keys` FOREIGN KEY (`parent_id`) REFERENCES `derived_keys` (`id`) ON UPDATE NO ACTION ON DELETE SET NULL,
  CONSTRAINT `fk_derived_keys_wallets` FOREIGN KEY (`wallet_id`) REFERENCES `wallets` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Public halves of the keys derived from a seed";
-- Create "derived_key_labels" table
CREATE TABLE `derived_key_labels` (
  `derived_key_id` bigint unsigned NOT NULL,
  `label` varchar(40) NOT NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`derived_key_id`, `label`),
  INDEX `idx_derived_key_labels_label` (`label`),
  CONSTRAINT `fk_derived_key_labels_derived_keys` FOREIGN KEY (`derived_key_id`) REFERENCES `derived_keys` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Free labels by which customers find their keys";
-- Create "quotas" table
CREATE TABLE `quotas` (
  `customer_id` bigint unsigned NOT NULL,
  `resource_kind` enum('wallets','derived_keys','signatures') NOT NULL,
  `ceiling` bigint unsigned NOT NULL,
  `consumed` bigint unsigned NOT NULL DEFAULT 0,
  `renewed_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`customer_id`, `resource_kind`),
  INDEX `idx_quotas_resource_kind_consumed` (`resource_kind`, `consumed` DESC),
  CONSTRAINT `fk_quotas_customers` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "What a customer may still create";
-- Create "master_keys" table
CREATE TABLE `master_keys` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `label` varchar(64) NOT NULL,
  `algorithm` enum('ed25519','secp256k1','p256') NOT NULL,
  `hsm_slot` int unsigned NOT NULL,
  `check_value` varbinary(8) NOT NULL COMMENT "Tells two keys apart without revealing either",
  `status` enum('active','suspended','destroyed') NOT NULL DEFAULT "active",
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_master_keys_hsm_slot` (`hsm_slot`),
  UNIQUE INDEX `idx_master_keys_label` (`label`)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Keys inside the HSM that encrypt all seeds";
-- Create "seeds" table
CREATE TABLE `seeds` (
  `wallet_id` char(36) NOT NULL,
  `master_key_id` bigint unsigned NOT NULL,
  `ciphertext` blob NOT NULL,
  `nonce` binary(12) NOT NULL COMMENT "AES-GCM nonce, unique for a master key",
  `fingerprint` binary(4) NOT NULL COMMENT "First bytes of the HASH160 of the root public key",
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`wallet_id`),
  INDEX `idx_seeds_fingerprint` (`fingerprint`),
  UNIQUE INDEX `idx_seeds_master_key_id_nonce` (`master_key_id`, `nonce`) COMMENT "A nonce must never be used twice with one key",
  CONSTRAINT `fk_seeds_master_keys` FOREIGN KEY (`master_key_id`) REFERENCES `master_keys` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT,
  CONSTRAINT `fk_seeds_wallets` FOREIGN KEY (`wallet_id`) REFERENCES `wallets` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Encrypted seed of each wallet; never leaves in the clear";
-- Create "seed_rotations" table
CREATE TABLE `seed_rotations` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `wallet_id` char(36) NOT NULL,
  `master_key_id` bigint unsigned NULL COMMENT "Key that the seed was moved to; empty once that key is gone",
  `cause` enum('scheduled','compromise','hsm_migration','manual') NOT NULL,
  `rotated_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_seed_rotations_master_key_id` (`master_key_id`),
  INDEX `idx_seed_rotations_wallet_id_rotated_at` (`wallet_id`, `rotated_at` DESC),
  CONSTRAINT `fk_seed_rotations_master_keys` FOREIGN KEY (`master_key_id`) REFERENCES `master_keys` (`id`) ON UPDATE NO ACTION ON DELETE SET NULL,
  CONSTRAINT `fk_seed_rotations_seeds` FOREIGN KEY (`wallet_id`) REFERENCES `seeds` (`wallet_id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "History of the re-encryption of seeds";
-- Create "usage_charges" table
CREATE TABLE `usage_charges` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `customer_id` bigint unsigned NOT NULL,
  `period_start` date NOT NULL,
  `currency` enum('CHF','EUR','USD') NOT NULL DEFAULT "EUR",
  `amount` decimal(38,18) NOT NULL,
  `is_settled` bool NOT NULL DEFAULT 0,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_usage_charges_customer_id_period_start_currency` (`customer_id`, `period_start`, `currency`),
  INDEX `idx_usage_charges_period_start` (`period_start`),
  CONSTRAINT `fk_usage_charges_customers` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Monthly charges for stored keys, in the currency of the contract";
