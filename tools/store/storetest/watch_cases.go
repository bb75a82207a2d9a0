package storetest

import (
	"strings"
	"testing"
	"time"
)

var watchCases = []testCase{
	{name: "an address is watched once by each customer, under its first label", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		customer, address := uuid(), "0xAbCdEf"+strings.ToUpper(uuid())
		watch := func(label any) int64 {
			return f.Watch.Int(t, "WatchAddress", Args{
				"CustomerPublicID": customer, "ChainID": chainID, "Address": address, "Label": label,
			})
		}
		id := watch("cold store")
		if again := watch(nil); again != id {
			t.Errorf("the second call made another row, %d beside %d", again, id)
		}
		rows := f.Watch.Many(t, "ListWatchedAddresses", Args{"CustomerPublicID": customer})
		wantColumn(t, rows, "Label", "cold store")
		rows[0].Want(t, Args{"Address": address, "MinConfirmations": 12, "IsActive": true})
		rows[0].WantJSON(t, "Tags", `[]`)
		match := Args{"ChainID": chainID, "LowerAddresses": []string{"0x00", strings.ToLower(address)}}
		wantColumn(t, f.Watch.Many(t, "MatchAddresses", match), "CustomerPublicID", customer)
		match["LowerAddresses"] = []string{}
		wantColumn(t, f.Watch.Many(t, "MatchAddresses", match), "CustomerPublicID")
	}},
	{name: "copyfrom takes JSON and NULL", needs: []string{"WatchAddresses"}, run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		customer := uuid()
		item := func(label any, tags string) Args {
			return Args{
				"CustomerPublicID": customer, "ChainID": chainID, "Address": "0x" + uuid(), "Label": label, "Tags": tags, "MinConfirmations": 3,
			}
		}
		rows := []Args{item(nil, `["a", {"b": 1}]`), item("second\tlabel", `[]`)}
		if count, err := f.Watch.Copy(t, "WatchAddresses", rows); err != nil || count != 2 {
			t.Fatalf("%d addresses were copied: %v", count, err)
		}
		listed := f.Watch.Many(t, "ListWatchedAddresses", Args{"CustomerPublicID": customer})
		wantColumn(t, listed, "Label", nil, "second\tlabel")
		wantColumn(t, listed, "IsActive", true, true)
		listed[0].WantJSON(t, "Tags", `["a",{"b":1}]`)
		rows[0]["MinConfirmations"] = 1001
		if _, err := f.Watch.Copy(t, "WatchAddresses", []Args{item(nil, `[]`), rows[0]}); f.Classify(err) == "" {
			t.Errorf("the check let a copied row through: %v", err)
		}
	}},
	{name: "a partial unique index holds where its condition does", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		f.block(t, chainID, 7)
		f.breaks(t, "idx_blocks_chain_id_height", Unique, f.Watch, "InsertBlock", blockArgs(chainID, 7))
		if rows := f.Watch.Int(t, "OrphanBlocks", Args{"ChainID": chainID, "FromHeight": 7}); rows != 1 {
			t.Errorf("%d blocks were orphaned", rows)
		}
		f.block(t, chainID, 7)

		native := Args{"ChainID": chainID, "ContractAddress": nil, "Symbol": "ETH", "Decimals": 18}
		f.Watch.Int(t, "CreateAsset", native)
		f.breaks(t, "idx_assets_chain_id", Unique, f.Watch, "CreateAsset", native)
		f.asset(t, chainID)
		f.asset(t, chainID)
	}},
	{name: "a window finds the gaps of the scan", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		for _, height := range []int64{10, 11, 14, 20} {
			f.block(t, chainID, height)
		}
		gaps := f.Watch.Many(t, "ListBlockGaps", Args{"ChainID": chainID})
		wantColumn(t, gaps, "FirstMissing", 12, 15)
		wantColumn(t, gaps, "LastMissing", 13, 19)
	}},
	{name: "a cursor never goes back", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		for _, height := range []int64{5, 9, 7} {
			f.Watch.Exec(t, "AdvanceScanCursor", Args{"ChainID": chainID, "NextHeight": height, "WorkerName": unique("worker")})
		}
		f.Watch.Exec(t, "AdvanceScanCursor", Args{"ChainID": chainID, "NextHeight": 0, "WorkerName": nil})
		row := f.Watch.One(t, "GetScanCursor", Args{"ChainID": chainID})
		row.Want(t, Args{"NextHeight": 9, "WorkerName": nil, "State": "scanning"})
		row.Time(t, "HeartbeatAt")
	}},
	{name: "transfers are listed, summed and deleted with their address", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		addressID, assetID := f.address(t, chainID, uuid()), f.asset(t, chainID)
		low, high := f.block(t, chainID, 100), f.block(t, chainID, 101)
		record := func(blockID int64, direction, amount string) int64 {
			return f.Watch.Int(t, "RecordTransfer", transferArgs(blockID, addressID, assetID, direction, amount))
		}
		first := record(low, "incoming", "0.1")
		record(low, "incoming", "0.2")
		third := record(high, "outgoing", "99999999999999999999.999999999999999999")
		list := func(direction any) []Row {
			return f.Watch.Many(t, "ListTransfers", Args{"WatchedAddressID": addressID, "Direction": direction, "PageSize": 2})
		}
		wantColumn(t, list(nil), "Direction", "outgoing", "incoming")
		wantColumn(t, list("outgoing"), "ID", third)
		wantColumn(t, list("internal"), "ID")
		sums := f.Watch.Many(t, "SumTransfers", Args{"WatchedAddressID": addressID})
		wantColumn(t, sums, "TransferCount", 2, 1)
		sums[0].WantNumber(t, "Total", "0.3")
		sums[1].WantNumber(t, "Total", "99999999999999999999.999999999999999999")
		row := f.Watch.One(t, "GetTransfer", Args{"ID": first})
		row.Want(t, Args{"Height": 100})
		row.Sub(t, "Asset").Want(t, Args{"Symbol": "USDX", "Decimals": 6})
		row.Sub(t, "Transfer").Want(t, Args{"Fee": nil, "RawPayload": nil, "Counterparty": nil, "LogPosition": 0})

		nothing := transferArgs(low, addressID, assetID, "incoming", "0")
		f.breaks(t, "chk_transfers_amount", Check, f.Watch, "RecordTransfer", nothing)
		f.refused(t, f.Watch.Fail(t, "RecordTransfer", transferArgs(low, addressID, assetID, "sideways", "1")), Enum)
		f.refused(t, f.Watch.Fail(t, "RecordTransfer", transferArgs(low, missing, assetID, "incoming", "1")), ForeignKey)
		f.Watch.Int(t, "DeleteWatchedAddress", Args{"ID": addressID})
		f.refused(t, f.Watch.Fail(t, "GetTransfer", Args{"ID": first}), NoRows)
	}},
	{name: "balances add up exactly and rank their holders", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		assetID := f.asset(t, chainID)
		add := func(addressID int64, amount string) Args {
			return Args{"WatchedAddressID": addressID, "AssetID": assetID, "Balance": amount, "AsOfHeight": 1}
		}
		poor, rich, equal := f.address(t, chainID, uuid()), f.address(t, chainID, uuid()), f.address(t, chainID, uuid())
		f.Watch.Exec(t, "AddToBalance", add(poor, "0.1"))
		for _, amount := range []string{"12345678901234567890", "0.123456789012345678"} {
			f.Watch.Exec(t, "AddToBalance", add(rich, amount))
			f.Watch.Exec(t, "AddToBalance", add(equal, amount))
		}
		rows := f.Watch.Many(t, "RankHolders", Args{"AssetID": assetID})
		wantColumn(t, rows, "WatchedAddressID", rich, equal, poor)
		wantColumn(t, rows, "HolderRank", 1, 1, 3)
		rows[0].WantNumber(t, "Balance", "12345678901234567890.123456789012345678")
		f.breaks(t, "chk_address_balances_balance", Check, f.Watch, "AddToBalance", add(poor, "-0.2"))
	}},
	{name: "the latest price of each currency counts", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Watch)
		first, second := f.asset(t, chainID), f.asset(t, chainID)
		at := soon()
		quote := func(assetID int64, currency string, age time.Duration, price string) Args {
			return Args{"AssetID": assetID, "Currency": currency, "QuotedAt": at.Add(-age), "Price": price}
		}
		answers := f.Watch.Batch(t, "SetPriceQuote", []Args{
			quote(first, "EUR", time.Hour, "9"), quote(first, "EUR", 0, "1"), quote(first, "EUR", 0, "1.000000000000000002"),
			quote(first, "USD", 0, "3"), quote(second, "CHF", 0, "4"),
		})
		for i, answer := range answers {
			if answer.Err != nil {
				t.Errorf("item %d: %v", i, answer.Err)
			}
		}
		rows := f.Watch.Many(t, "ListLatestPrices", Args{"AssetIds": []int64{first}})
		wantColumn(t, rows, "Currency", "EUR", "USD")
		rows[0].WantNumber(t, "Price", "1.000000000000000002")
		if got := rows[0].Time(t, "QuotedAt"); !got.Equal(at) {
			t.Errorf("quoted at %v, not %v", got, at)
		}
		bad := f.Watch.Batch(t, "SetPriceQuote", []Args{quote(first, "GBP", 0, "1")})
		f.refusedBy(t, "chk_price_quotes_currency", bad[0].Err, Check)
	}},
	{name: "a delivery is put off, finished, and gone with its webhook", run: func(t *testing.T, f *fixture) {
		customer := uuid()
		webhookID := f.webhook(t, customer, nil)
		f.webhook(t, customer, `{"assets": ["USDX"]}`)
		hooks := f.Watch.Many(t, "ListWebhooks", Args{"CustomerPublicID": customer})
		wantColumn(t, hooks, "FailureCount", 0, 0)
		hooks[0].Want(t, Args{"EventFilter": nil, "ContentKind": "json", "IsEnabled": true})
		hooks[1].WantJSON(t, "EventFilter", `{"assets":["USDX"]}`)

		due := time.Now().AddDate(-1, 0, 0)
		id := f.Watch.Int(t, "EnqueueDelivery", Args{
			"WebhookID": webhookID, "TransferID": nil, "RequestBody": `{"test": true}`, "NextAttemptAt": due,
		})
		lock := func() []Row {
			return f.Watch.Many(t, "LockDueDeliveries", Args{"DueAt": due.Add(time.Minute), "PageSize": 5})
		}
		locked := lock()
		wantColumn(t, locked, "ID", id)
		locked[0].Want(t, Args{"AttemptCount": 0, "WebhookID": webhookID})
		locked[0].WantJSON(t, "RequestBody", `{"test":true}`)
		if rows := f.Watch.Int(t, "RescheduleDeliveries", Args{"RetryAt": soon(), "Ids": []int64{id, missing}}); rows != 1 {
			t.Errorf("%d deliveries were put off", rows)
		}
		wantColumn(t, lock(), "ID")
		finish := Args{"ID": id, "Status": "delivered", "ResponseCode": 99}
		f.breaks(t, "chk_webhook_deliveries_response_code", Check, f.Watch, "FinishDelivery", finish)
		finish["ResponseCode"] = nil
		f.Watch.Int(t, "FinishDelivery", finish)
		row := f.Watch.One(t, "GetDelivery", Args{"ID": id})
		row.Want(t, Args{"Status": "delivered", "ResponseCode": nil, "TransferID": nil, "AttemptCount": 1})
		row.Time(t, "FinishedAt")
		f.Watch.Int(t, "DeleteWebhook", Args{"ID": webhookID})
		f.refused(t, f.Watch.Fail(t, "GetDelivery", Args{"ID": id}), NoRows)
	}},
}
