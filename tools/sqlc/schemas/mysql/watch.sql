-- Create "assets" table
CREATE TABLE `assets` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `chain_id` int unsigned NOT NULL,
  `contract_address` varchar(128) NULL COMMENT "Empty for the native coin",
  `symbol` varchar(24) NOT NULL,
  `decimals` tinyint unsigned NOT NULL DEFAULT 18,
  `is_spam` bool NOT NULL DEFAULT 0,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_assets_chain_id_contract_address` (`chain_id`, `contract_address`),
  INDEX `idx_assets_symbol` (`symbol`),
  CONSTRAINT `fk_assets_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_assets_decimals` CHECK (`decimals` between 0 and 36)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Native coins and tokens";
-- Create "watched_addresses" table
CREATE TABLE `watched_addresses` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `customer_public_id` char(36) NOT NULL COMMENT "customers.public_id of the database keygen",
  `chain_id` int unsigned NOT NULL,
  `address` varchar(128) NOT NULL,
  `label` varchar(80) NULL,
  `tags` json NOT NULL,
  `min_confirmations` smallint unsigned NOT NULL DEFAULT 12,
  `is_active` bool NOT NULL DEFAULT 1,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_watched_addresses_chain_id_address_customer_public_id` (`chain_id`, `address`, `customer_public_id`) COMMENT "What each new block is matched against",
  INDEX `idx_watched_addresses_customer_public_id_created_at` (`customer_public_id`, `created_at`),
  CONSTRAINT `fk_watched_addresses_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT,
  CONSTRAINT `chk_watched_addresses_min_confirmations` CHECK (`min_confirmations` between 0 and 1000)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Addresses whose transfers customers want to hear of";
-- Create "address_balances" table
CREATE TABLE `address_balances` (
  `watched_address_id` bigint unsigned NOT NULL,
  `asset_id` bigint unsigned NOT NULL,
  `balance` decimal(38,18) NOT NULL DEFAULT 0.000000000000000000,
  `as_of_height` bigint unsigned NOT NULL,
  `updated_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`watched_address_id`, `asset_id`),
  INDEX `idx_address_balances_asset_id_balance` (`asset_id`, `balance` DESC),
  CONSTRAINT `fk_address_balances_assets` FOREIGN KEY (`asset_id`) REFERENCES `assets` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `fk_address_balances_watched_addresses` FOREIGN KEY (`watched_address_id`) REFERENCES `watched_addresses` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Running balance for each address and asset";
-- Create "blocks" table
CREATE TABLE `blocks` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `chain_id` int unsigned NOT NULL,
  `height` bigint unsigned NOT NULL,
  `block_hash` binary(32) NOT NULL,
  `parent_hash` binary(32) NOT NULL,
  `is_canonical` bool NOT NULL DEFAULT 1 COMMENT "False once a reorganisation has dropped the block",
  `mined_at` datetime(6) NOT NULL,
  `scanned_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `idx_blocks_chain_id_block_hash` (`chain_id`, `block_hash`),
  INDEX `idx_blocks_chain_id_height` (`chain_id`, `height`),
  INDEX `idx_blocks_chain_id_mined_at` (`chain_id`, `mined_at` DESC),
  CONSTRAINT `fk_blocks_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Headers of the blocks that were scanned, orphaned ones included";
-- Create "price_quotes" table
CREATE TABLE `price_quotes` (
  `asset_id` bigint unsigned NOT NULL,
  `currency` enum('CHF','EUR','USD') NOT NULL,
  `quoted_at` datetime(6) NOT NULL,
  `price` decimal(38,18) NOT NULL,
  `confidence` double NOT NULL DEFAULT 1,
  PRIMARY KEY (`asset_id`, `currency`, `quoted_at`),
  INDEX `idx_price_quotes_quoted_at` (`quoted_at`),
  CONSTRAINT `fk_price_quotes_assets` FOREIGN KEY (`asset_id`) REFERENCES `assets` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_price_quotes_price` CHECK (`price` > 0)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Prices of assets as the feeds told them";
-- Create "scan_cursors" table
CREATE TABLE `scan_cursors` (
  `chain_id` int unsigned NOT NULL,
  `next_height` bigint unsigned NOT NULL DEFAULT 0,
  `worker_name` varchar(80) NULL,
  `heartbeat_at` datetime(6) NULL,
  `state` enum('idle','scanning','paused') NOT NULL DEFAULT "idle",
  PRIMARY KEY (`chain_id`),
  INDEX `idx_scan_cursors_heartbeat_at` (`heartbeat_at`),
  CONSTRAINT `fk_scan_cursors_chains` FOREIGN KEY (`chain_id`) REFERENCES `chains` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "How far each chain was scanned, and by whom";
-- Create "transfers" table
CREATE TABLE `transfers` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `block_id` bigint unsigned NOT NULL,
  `watched_address_id` bigint unsigned NOT NULL,
  `asset_id` bigint unsigned NOT NULL,
  `direction` enum('incoming','outgoing','internal') NOT NULL,
  `tx_hash` varbinary(64) NOT NULL,
  `log_position` int unsigned NOT NULL DEFAULT 0 COMMENT "Place inside the transaction; 0 for the native coin",
  `counterparty` varchar(128) NULL COLLATE utf8mb4_bin,
  `amount` decimal(38,18) NOT NULL,
  `fee` decimal(38,18) NULL COMMENT "Paid by the watched address; empty for incoming ones",
  `raw_payload` json NULL,
  `observed_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_transfers_asset_id_direction_observed_at` (`asset_id`, `direction`, `observed_at`),
  INDEX `idx_transfers_block_id` (`block_id`),
  INDEX `idx_transfers_counterparty` (`counterparty`),
  UNIQUE INDEX `idx_transfers_tx_hash_log_position_watched_address_id` (`tx_hash`, `log_position`, `watched_address_id`),
  INDEX `idx_transfers_watched_address_id_observed_at` (`watched_address_id`, `observed_at` DESC),
  CONSTRAINT `fk_transfers_assets` FOREIGN KEY (`asset_id`) REFERENCES `assets` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT,
  CONSTRAINT `fk_transfers_blocks` FOREIGN KEY (`block_id`) REFERENCES `blocks` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `fk_transfers_watched_addresses` FOREIGN KEY (`watched_address_id`) REFERENCES `watched_addresses` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_transfers_amount` CHECK (`amount` > 0)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Movements of assets from or to a watched address";
-- Create "webhooks" table
CREATE TABLE `webhooks` (
  `id` char(36) NOT NULL,
  `customer_public_id` char(36) NOT NULL,
  `target_url` varchar(2048) NOT NULL,
  `secret_ciphertext` varbinary(512) NOT NULL COMMENT "HMAC key, encrypted",
  `content_kind` enum('json','cbor') NOT NULL DEFAULT "json",
  `event_filter` json NULL COMMENT "Empty: each event",
  `is_enabled` bool NOT NULL DEFAULT 1,
  `failure_count` int unsigned NOT NULL DEFAULT 0,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  INDEX `idx_webhooks_customer_public_id_created_at` (`customer_public_id`, `created_at`),
  INDEX `idx_webhooks_failure_count` (`failure_count` DESC),
  INDEX `idx_webhooks_target_url` (`target_url` (64)) COMMENT "Which customers call one host"
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Where customers want to be told of transfers";
-- Create "webhook_deliveries" table
CREATE TABLE `webhook_deliveries` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `webhook_id` char(36) NOT NULL,
  `transfer_id` bigint unsigned NULL COMMENT "Stays empty for test calls",
  `status` enum('queued','delivered','failed','abandoned') NOT NULL DEFAULT "queued",
  `request_body` json NOT NULL,
  `attempt_count` tinyint unsigned NOT NULL DEFAULT 0,
  `response_code` smallint unsigned NULL,
  `next_attempt_at` datetime(6) NULL,
  `created_at` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  `finished_at` datetime(6) NULL,
  PRIMARY KEY (`id`),
  INDEX `idx_webhook_deliveries_next_attempt_at_id` (`next_attempt_at`, `id`) COMMENT "The queue, in the order of work",
  INDEX `idx_webhook_deliveries_transfer_id` (`transfer_id`),
  INDEX `idx_webhook_deliveries_webhook_id_created_at` (`webhook_id`, `created_at` DESC),
  CONSTRAINT `fk_webhook_deliveries_transfers` FOREIGN KEY (`transfer_id`) REFERENCES `transfers` (`id`) ON UPDATE NO ACTION ON DELETE SET NULL,
  CONSTRAINT `fk_webhook_deliveries_webhooks` FOREIGN KEY (`webhook_id`) REFERENCES `webhooks` (`id`) ON UPDATE NO ACTION ON DELETE CASCADE,
  CONSTRAINT `chk_webhook_deliveries_attempt_count` CHECK (`attempt_count` between 0 and 20),
  CONSTRAINT `chk_webhook_deliveries_response_code` CHECK (`response_code` between 100 and 599)
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "Attempts to tell a customer; kept for thirty days";
