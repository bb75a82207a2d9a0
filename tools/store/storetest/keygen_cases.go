package storetest

import (
	"strings"
	"testing"
	"time"
)

var keygenCases = []testCase{
	{name: "defaults fill what an insert leaves out", run: func(t *testing.T, f *fixture) {
		before := time.Now().Add(-time.Minute)
		id, publicID := f.customer(t)
		customer := f.Keygen.One(t, "GetCustomer", Args{"ID": id})
		customer.Want(t, Args{"PublicID": publicID, "Tier": "standard", "CountryCode": nil, "ClosedAt": nil})
		customer.WantJSON(t, "Metadata", `{}`)
		for _, name := range []string{"CreatedAt", "UpdatedAt"} {
			if point := customer.Time(t, name); point.Before(before) || point.After(time.Now().Add(time.Minute)) {
				t.Errorf("%s is %v, which is not now", name, point)
			}
		}
	}},
	{name: "a row that is not there is told apart from an error", run: func(t *testing.T, f *fixture) {
		f.refused(t, f.Keygen.Fail(t, "GetCustomer", Args{"ID": missing}), NoRows)
	}},
	{name: "a unique index refuses the second row", run: func(t *testing.T, f *fixture) {
		_, publicID := f.customer(t)
		f.refused(t, f.Keygen.Fail(t, "CreateCustomer", Args{
			"PublicID": publicID, "Name": "Twin", "Email": unique("twin"), "CountryCode": nil,
		}), Unique)
	}},
	{name: "a unique index on an expression does so too", run: func(t *testing.T, f *fixture) {
		email := unique("Ada") + "@Example.com"
		args := Args{"PublicID": uuid(), "Name": "Ada", "Email": email, "CountryCode": "GB"}
		f.Keygen.Int(t, "CreateCustomer", args)
		args["PublicID"], args["Email"] = uuid(), strings.ToUpper(email)
		f.refused(t, f.Keygen.Fail(t, "CreateCustomer", args), Unique)
	}},
	{name: "a check refuses a value outside its list", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		gold := Args{"ID": id, "Name": nil, "Tier": "gold", "Metadata": nil}
		f.breaks(t, "chk_customers_tier", Check, f.Keygen, "UpdateCustomer", gold)
		tepid := Args{"ID": walletID, "Temperature": "tepid"}
		f.breaks(t, "chk_wallets_temperature", Check, f.Keygen, "SetWalletTemperature", tepid)
		if rows := f.Keygen.Int(t, "SetWalletTemperature", Args{"ID": walletID, "Temperature": "cold"}); rows != 1 {
			t.Errorf("%d rows were changed", rows)
		}
		wantColumn(t, f.Keygen.Many(t, "ListWallets", Args{"CustomerID": id}), "Temperature", "cold")
	}},
	{name: "a check lets NULL through and counts characters", run: func(t *testing.T, f *fixture) {
		args := Args{"PublicID": uuid(), "Name": "Zoë", "Email": unique("zoe"), "CountryCode": "F"}
		f.breaks(t, "chk_customers_country_code", Check, f.Keygen, "CreateCustomer", args)
		args["CountryCode"] = "ÅÄ"
		id := f.Keygen.Int(t, "CreateCustomer", args)
		f.Keygen.One(t, "GetCustomer", Args{"ID": id}).Want(t, Args{"CountryCode": "ÅÄ", "Name": "Zoë"})
	}},
	{name: "NULL arguments of an update leave columns alone", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		name := f.Keygen.One(t, "GetCustomer", Args{"ID": id})["Name"]
		metadata := `{"vat": "DE1", "limits": {"daily": 2.5}, "notes": [null, "ü"]}`
		f.Keygen.Int(t, "UpdateCustomer", Args{"ID": id, "Name": nil, "Tier": "enterprise", "Metadata": metadata})
		f.Keygen.Int(t, "UpdateCustomer", Args{"ID": id, "Name": nil, "Tier": nil, "Metadata": nil})
		customer := f.Keygen.One(t, "GetCustomer", Args{"ID": id})
		customer.Want(t, Args{"Name": name, "Tier": "enterprise"})
		customer.WantJSON(t, "Metadata", metadata)
	}},
	{name: "NULL filters let every row through", run: func(t *testing.T, f *fixture) {
		country := string([]byte{'A' + byte(next()%26), 'A' + byte(next()%26)})
		for _, code := range []any{country, nil} {
			f.Keygen.Int(t, "CreateCustomer", Args{
				"PublicID": uuid(), "Name": "Filtered", "Email": unique("filter"), "CountryCode": code,
			})
		}
		list := func(country any) []Row {
			return f.Keygen.Many(t, "ListCustomers", Args{
				"Tier": "standard", "CountryCode": country, "PageSize": 1000, "PageOffset": 0,
			})
		}
		if all, some := len(list(nil)), len(list(country)); some == 0 || all <= some {
			t.Errorf("%d of all %d customers have the country", some, all)
		}
		page := f.Keygen.Many(t, "ListCustomers", Args{"Tier": nil, "CountryCode": nil, "PageSize": 1, "PageOffset": 1})
		if len(page) != 1 {
			t.Errorf("a page of one row has %d", len(page))
		}
		none := f.Keygen.Many(t, "ListCustomers", Args{"Tier": "trial", "CountryCode": "--", "PageSize": 9, "PageOffset": 0})
		if len(none) != 0 {
			t.Errorf("a filter that fits nothing found %d rows", len(none))
		}
	}},
	{name: "a foreign key needs its row", run: func(t *testing.T, f *fixture) {
		f.refused(t, f.Keygen.Fail(t, "CreateWallet", Args{
			"ID": uuid(), "CustomerID": missing, "Name": "Orphan", "Description": nil,
		}), ForeignKey)
	}},
	{name: "RESTRICT keeps a row that is referred to", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		f.refused(t, f.Keygen.Fail(t, "DeleteCustomer", Args{"ID": id}), ForeignKey)
		f.Keygen.Int(t, "DeleteWallet", Args{"ID": walletID})
		if rows := f.Keygen.Int(t, "DeleteCustomer", Args{"ID": id}); rows != 1 {
			t.Errorf("%d rows were deleted", rows)
		}
	}},
	{name: "CASCADE deletes rows of rows", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		keyID := f.derivedKey(t, walletID, nil)
		label := unique("label")
		f.Keygen.Int(t, "AddKeyLabel", Args{"DerivedKeyID": keyID, "Label": label})
		f.Keygen.Int(t, "DeleteWallet", Args{"ID": walletID})
		wantColumn(t, f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{keyID}}), "ID")
		wantColumn(t, f.Keygen.Many(t, "ListKeysByLabel", Args{"Label": label}), "ID")
	}},
	{name: "SET NULL lets a child outlive its parent", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		parent := f.derivedKey(t, walletID, nil)
		child := f.derivedKey(t, walletID, parent)
		wantColumn(t, f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{child}}), "ParentID", parent)
		f.Keygen.Int(t, "DeleteDerivedKey", Args{"ID": parent})
		wantColumn(t, f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{child, parent}}), "ParentID", nil)
	}},
	{name: "history of a seed outlives the master key", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		old, oldLabel := f.masterKey(t)
		current, currentLabel := f.masterKey(t)
		f.seed(t, walletID, old)
		for _, key := range []int64{old, current} {
			f.Keygen.Exec(t, "RecordSeedRotation", Args{"WalletID": walletID, "MasterKeyID": key, "Cause": "scheduled"})
		}
		f.refused(t, f.Keygen.Fail(t, "DeleteMasterKey", Args{"ID": old}), ForeignKey)
		wantColumn(t, f.Keygen.Many(t, "ListSeedRotations", Args{"WalletID": walletID}), "MasterKeyLabel", oldLabel, currentLabel)
		f.Keygen.Int(t, "ReencryptSeed", Args{
			"WalletID": walletID, "MasterKeyID": current, "Ciphertext": octets(48), "Nonce": octets(12),
		})
		f.Keygen.Int(t, "DeleteMasterKey", Args{"ID": old})
		wantColumn(t, f.Keygen.Many(t, "ListSeedRotations", Args{"WalletID": walletID}), "MasterKeyLabel", nil, currentLabel)
		row := f.Keygen.One(t, "GetSeedWithMasterKey", Args{"WalletID": walletID})
		row.Sub(t, "MasterKey").Want(t, Args{"Label": currentLabel, "Algorithm": "p256", "Status": "active"})
		row.Sub(t, "Seed").Want(t, Args{"WalletID": walletID, "MasterKeyID": current})
	}},
	{name: "bytes come back as they were, and their length is checked", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		key, _ := f.masterKey(t)
		args := Args{
			"WalletID": walletID, "MasterKeyID": key, "Ciphertext": octets(48), "Nonce": octets(11), "Fingerprint": octets(4),
		}
		f.breaks(t, "chk_seeds_nonce", Check, f.Keygen, "CreateSeed", args)
		args["Nonce"], args["Ciphertext"] = octets(12), nil
		f.refused(t, f.Keygen.Fail(t, "CreateSeed", args), NotNull)
		args["Ciphertext"] = octets(300)
		f.Keygen.Exec(t, "CreateSeed", args)
		f.Keygen.One(t, "GetSeedWithMasterKey", Args{"WalletID": walletID}).Sub(t, "Seed").Want(t, Args{
			"Ciphertext": args["Ciphertext"], "Nonce": args["Nonce"],
		})
	}},
	{name: "an enum takes its values only", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		args := keyArgs(walletID, nil)
		args["Algorithm"] = "rsa"
		f.refused(t, f.Keygen.Fail(t, "CreateDerivedKey", args), Enum)
		args["Algorithm"] = "ed25519"
		args["PublicMaterial"] = octets(32)
		keyID := f.Keygen.Int(t, "CreateDerivedKey", args)
		row := f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{keyID}})[0]
		row.Want(t, Args{"Algorithm": "ed25519", "Status": "active", "Depth": 5, "DestroyedAt": nil})
		for _, want := range []int64{1, 0} {
			if rows := f.Keygen.Int(t, "DestroyDerivedKey", Args{"ID": keyID}); rows != want {
				t.Errorf("%d rows were changed, not %d", rows, want)
			}
		}
		row = f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{keyID}})[0]
		row.Want(t, Args{"Status": "destroyed"})
		row.Time(t, "DestroyedAt")
	}},
	{name: "a list of ids finds each once, and an empty one nothing", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		first, second := f.derivedKey(t, walletID, nil), f.derivedKey(t, walletID, nil)
		wantColumn(t, f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{second, first, second, missing}}), "ID", first, second)
		wantColumn(t, f.Keygen.Many(t, "GetDerivedKeys", Args{"Ids": []int64{}}), "ID")
	}},
	{name: "a recursive query walks the tree", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		root := f.derivedKey(t, walletID, nil)
		child := f.derivedKey(t, walletID, root)
		grandchild := f.derivedKey(t, walletID, child)
		f.derivedKey(t, walletID, nil)
		rows := f.Keygen.Many(t, "ListDescendantKeys", Args{"RootID": root})
		wantColumn(t, rows, "ID", root, child, grandchild)
		wantColumn(t, rows, "Generation", 0, 1, 2)
	}},
	{name: "an upsert that does nothing says so", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, name := f.wallet(t, id)
		keyID := f.derivedKey(t, walletID, nil)
		label := unique("Payroll")
		for _, want := range []int64{1, 0} {
			if rows := f.Keygen.Int(t, "AddKeyLabel", Args{"DerivedKeyID": keyID, "Label": label}); rows != want {
				t.Errorf("%d rows were inserted, not %d", rows, want)
			}
		}
		wantColumn(t, f.Keygen.Many(t, "ListKeysByLabel", Args{"Label": strings.ToUpper(label)}), "WalletName", name)
	}},
	{name: "copyfrom inserts all rows or none", needs: []string{"AddKeyLabels"}, run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		label := unique("bulk")
		var rows []Args
		for range 50 {
			rows = append(rows, Args{"DerivedKeyID": f.derivedKey(t, walletID, nil), "Label": label})
		}
		bad := append(append([]Args{}, rows...), rows[0])
		if _, err := f.Keygen.Copy(t, "AddKeyLabels", bad); f.Classify(err) != Unique {
			t.Errorf("a duplicate in the copy gave %v", err)
		}
		wantColumn(t, f.Keygen.Many(t, "ListKeysByLabel", Args{"Label": label}), "ID")
		count, err := f.Keygen.Copy(t, "AddKeyLabels", rows)
		if err != nil || count != 50 {
			t.Errorf("%d rows were copied: %v", count, err)
		}
		if found := f.Keygen.Many(t, "ListKeysByLabel", Args{"Label": label}); len(found) != 50 {
			t.Errorf("%d of 50 copied rows are there", len(found))
		}
	}},
	{name: "a batch of single rows answers each item", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		walletID, _ := f.wallet(t, id)
		args := keyArgs(walletID, nil)
		keyID := f.Keygen.Int(t, "CreateDerivedKey", args)
		item := func(path any) Args {
			return Args{"WalletID": walletID, "Algorithm": "secp256k1", "DerivationPath": path}
		}
		answers := f.Keygen.Batch(t, "FindDerivedKeyByPath", []Args{item("m/0"), item(args["DerivationPath"])})
		if len(answers) != 2 || f.Classify(answers[0].Err) != NoRows || answers[1].Err != nil {
			t.Fatalf("the answers are %v", answers)
		}
		answers[1].Rows[0].Want(t, Args{"ID": keyID, "PublicMaterial": args["PublicMaterial"]})
	}},
	{name: "wallets come with the number of their keys and with their customer", run: func(t *testing.T, f *fixture) {
		id, publicID := f.customer(t)
		walletID, name := f.wallet(t, id)
		f.wallet(t, id)
		f.derivedKey(t, walletID, nil)
		f.Keygen.Int(t, "DestroyDerivedKey", Args{"ID": f.derivedKey(t, walletID, nil)})
		wantColumn(t, f.Keygen.Many(t, "ListWallets", Args{"CustomerID": id}), "KeyCount", 1, 0)
		row := f.Keygen.One(t, "GetWalletWithCustomer", Args{"ID": walletID})
		row.Sub(t, "Wallet").Want(t, Args{"Name": name, "Description": nil, "Temperature": "hot", "ArchivedAt": nil})
		row.Sub(t, "Customer").Want(t, Args{"PublicID": publicID})
	}},
	{name: "credentials are found until they expire or are revoked", run: func(t *testing.T, f *fixture) {
		id, publicID := f.customer(t)
		credential := func(expiresAt any) (int64, string) {
			prefix := unique("k")
			return f.Keygen.Int(t, "CreateApiCredential", Args{
				"CustomerID": id, "Prefix": prefix, "SecretDigest": octets(32), "Scopes": `["sign", "read"]`, "ExpiresAt": expiresAt,
			}), prefix
		}
		// A zone of the client's must not move the instant.
		expiry := soon().In(time.FixedZone("UTC+5:45", 20700))
		first, prefix := credential(expiry)
		second, forever := credential(nil)
		row := f.Keygen.One(t, "FindApiCredential", Args{"Prefix": prefix})
		row.Sub(t, "Customer").Want(t, Args{"PublicID": publicID})
		found := row.Sub(t, "ApiCredential")
		found.WantJSON(t, "Scopes", `["sign","read"]`)
		if got := found.Time(t, "ExpiresAt"); !got.Equal(expiry) {
			t.Errorf("the expiry is %v, not %v", got, expiry)
		}
		f.Keygen.One(t, "FindApiCredential", Args{"Prefix": forever}).Sub(t, "ApiCredential").Want(t, Args{"ExpiresAt": nil})
		if rows := f.Keygen.Int(t, "RevokeApiCredentials", Args{"Ids": []int64{first, second, missing}}); rows != 2 {
			t.Errorf("%d credentials were revoked, not 2", rows)
		}
		f.refused(t, f.Keygen.Fail(t, "FindApiCredential", Args{"Prefix": prefix}), NoRows)
	}},
	{name: "a batch without rows touches each item", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		var items []Args
		prefixes := []string{unique("b"), unique("b")}
		for i, prefix := range prefixes {
			items = append(items, Args{"LastUsedAt": time.Now().AddDate(-20*(i+1), 0, 0), "ID": f.Keygen.Int(t, "CreateApiCredential", Args{
				"CustomerID": id, "Prefix": prefix, "SecretDigest": octets(32), "Scopes": `[]`, "ExpiresAt": nil,
			})})
		}
		for _, answer := range f.Keygen.Batch(t, "TouchApiCredential", items) {
			if answer.Err != nil {
				t.Error(answer.Err)
			}
		}
		unused := Args{"UnusedSince": time.Now().AddDate(-30, 0, 0)}
		if rows := f.Keygen.Int(t, "DeleteUnusedApiCredentials", unused); rows != 1 {
			t.Errorf("%d credentials were deleted, not the one of forty years ago", rows)
		}
		f.Keygen.One(t, "FindApiCredential", Args{"Prefix": prefixes[0]}).Sub(t, "ApiCredential").Time(t, "LastUsedAt")
	}},
	{name: "a quota is raised, consumed and never exceeded", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		quota := func(ceiling int) Args { return Args{"CustomerID": id, "ResourceKind": "wallets", "Ceiling": ceiling} }
		consume := func(requested int) int64 {
			return f.Keygen.Int(t, "ConsumeQuota", Args{"CustomerID": id, "ResourceKind": "wallets", "Requested": requested})
		}
		f.Keygen.Exec(t, "UpsertQuota", quota(5))
		for i, step := range []struct {
			requested int
			rows      int64
		}{{3, 1}, {3, 0}, {2, 1}, {1, 0}} {
			if rows := consume(step.requested); rows != step.rows {
				t.Errorf("step %d changed %d rows, not %d", i, rows, step.rows)
			}
		}
		f.breaks(t, "chk_quotas_consumed", Check, f.Keygen, "UpsertQuota", quota(4))
		f.Keygen.Exec(t, "UpsertQuota", quota(6))
		f.Keygen.One(t, "GetQuota", Args{"CustomerID": id, "ResourceKind": "wallets"}).Want(t, Args{"Ceiling": 6, "Consumed": 5})
	}},
	{name: "a numeric keeps all 38 digits through an upsert and a sum", run: func(t *testing.T, f *fixture) {
		id, _ := f.customer(t)
		charge := func(month time.Month, currency, amount string) {
			f.Keygen.Exec(t, "AddUsageCharge", Args{
				"CustomerID": id, "PeriodStart": firstOf(month), "Currency": currency, "Amount": amount,
			})
		}
		charge(time.January, "EUR", "12345678901234567890.123456789012345678")
		charge(time.January, "EUR", "0.000000000000000001")
		charge(time.February, "EUR", "1")
		charge(time.January, "CHF", "0.1")
		charge(time.February, "CHF", "0.2")
		totals := f.Keygen.Many(t, "SumUsageCharges", Args{"CustomerID": id})
		wantColumn(t, totals, "Currency", "CHF", "EUR")
		totals[0].WantNumber(t, "Total", "0.3")
		totals[1].WantNumber(t, "Total", "12345678901234567891.123456789012345679")
		totals[1].WantNumber(t, "Outstanding", "12345678901234567891.123456789012345679")
		running := f.Keygen.Many(t, "ListRunningCharges", Args{"CustomerID": id})
		wantColumn(t, running, "Currency", "CHF", "CHF", "EUR", "EUR")
		for i, want := range []string{"0.1", "0.3", "12345678901234567890.123456789012345679", "12345678901234567891.123456789012345679"} {
			running[i].WantNumber(t, "RunningTotal", want)
		}
		if got := running[1].Time(t, "PeriodStart").Format(time.DateOnly); got != "2026-02-01" {
			t.Errorf("the period starts on %s", got)
		}
		f.refused(t, f.Keygen.Fail(t, "AddUsageCharge", Args{
			"CustomerID": id, "PeriodStart": firstOf(time.March), "Currency": "EUR", "Amount": "123456789012345678901",
		}), Overflow)
	}},
}
