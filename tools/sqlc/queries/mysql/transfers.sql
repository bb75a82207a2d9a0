-- name: CreateAsset :execlastid
INSERT INTO assets (chain_id, contract_address, symbol, decimals)
VALUES (?, ?, ?, ?);

-- name: RecordTransfer :execlastid
INSERT INTO transfers (
  block_id, watched_address_id, asset_id, direction, tx_hash, log_position, counterparty, amount, fee, raw_payload
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetTransfer :one
SELECT sqlc.embed(transfers), sqlc.embed(assets), blocks.height
FROM transfers
JOIN assets ON assets.id = transfers.asset_id
JOIN blocks ON blocks.id = transfers.block_id
WHERE transfers.id = ?;

-- name: ListTransfers :many
SELECT transfers.id, transfers.direction, transfers.amount, transfers.fee, assets.symbol, blocks.height
FROM transfers
JOIN assets ON assets.id = transfers.asset_id
JOIN blocks ON blocks.id = transfers.block_id
WHERE transfers.watched_address_id = sqlc.arg(watched_address_id)
  AND (sqlc.narg(direction) IS NULL OR transfers.direction = sqlc.narg(direction))
  AND blocks.is_canonical
ORDER BY blocks.height DESC, transfers.id DESC
LIMIT ?;

-- name: SumTransfers :many
SELECT assets.symbol, transfers.direction, count(*) AS transfer_count, CAST(sum(transfers.amount) AS DECIMAL(38,18)) AS total
FROM transfers
JOIN assets ON assets.id = transfers.asset_id
WHERE transfers.watched_address_id = ?
GROUP BY assets.symbol, transfers.direction
ORDER BY assets.symbol, transfers.direction;

-- name: AddToBalance :exec
INSERT INTO address_balances (watched_address_id, asset_id, balance, as_of_height)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance), as_of_height = VALUES(as_of_height);

-- name: RankHolders :many
SELECT address_balances.watched_address_id, watched_addresses.address, address_balances.balance,
  CAST(rank() OVER (ORDER BY address_balances.balance DESC) AS SIGNED) AS holder_rank
FROM address_balances
JOIN watched_addresses ON watched_addresses.id = address_balances.watched_address_id
WHERE address_balances.asset_id = ?
ORDER BY holder_rank, address_balances.watched_address_id;

-- name: SetPriceQuote :exec
INSERT INTO price_quotes (asset_id, currency, quoted_at, price)
VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE price = VALUES(price);

-- name: ListLatestPrices :many
WITH numbered AS (
  SELECT asset_id, currency, price, quoted_at,
    row_number() OVER (PARTITION BY asset_id, currency ORDER BY quoted_at DESC) AS age_number
  FROM price_quotes
)
SELECT numbered.asset_id, numbered.currency, numbered.price, numbered.quoted_at
FROM numbered
WHERE numbered.age_number = 1 AND numbered.asset_id IN (sqlc.slice(asset_ids))
ORDER BY numbered.asset_id, numbered.currency;
