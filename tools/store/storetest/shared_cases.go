package storetest

import "testing"

// The table chains stands in two databases, and in the generated package once.
var sharedCases = []testCase{
	{name: "a shared table has the same queries and rows of its own in each database", run: func(t *testing.T, f *fixture) {
		id, name := next(), unique("shared")
		for _, step := range []struct {
			queries *Queries
			symbol  string
		}{{f.Sign, "AAA"}, {f.Watch, "BBB"}} {
			args := chainArgs(id, name)
			step.queries.Exec(t, "UpsertChain", args)
			args["NativeSymbol"] = step.symbol
			step.queries.Exec(t, "UpsertChain", args)
		}
		f.Sign.One(t, "GetChainByName", Args{"Name": name}).Want(t, Args{"NativeSymbol": "AAA", "ID": id})
		f.Watch.One(t, "GetChainByName", Args{"Name": name}).Want(t, Args{"NativeSymbol": "BBB", "ID": id})
	}},
	{name: "a shared table has its checks, indexes and enum in each database", run: func(t *testing.T, f *fixture) {
		for _, queries := range []*Queries{f.Sign, f.Watch} {
			_, name := chain(t, queries)
			f.breaks(t, "idx_chains_name", Unique, queries, "UpsertChain", chainArgs(next(), name))
			f.breaks(t, "chk_chains_name", Check, queries, "UpsertChain", chainArgs(next(), "Upper Case"))
			args := chainArgs(next(), unique("odd"))
			args["Kind"] = "abacus"
			f.refused(t, queries.Fail(t, "UpsertChain", args), Enum)
		}
	}},
	{name: "a list of enum values finds their networks", run: func(t *testing.T, f *fixture) {
		args := chainArgs(next(), unique("solar"))
		args["Kind"], args["IsTestnet"] = "solana", true
		f.Watch.Exec(t, "UpsertChain", args)
		list := func(withTestnets bool, kinds ...string) []Row {
			return f.Watch.Many(t, "ListChainsOfKinds", Args{"Kinds": kinds, "WithTestnets": withTestnets})
		}
		wantColumn(t, list(true, "solana", "utxo"), "Name", args["Name"])
		wantColumn(t, list(false, "solana", "utxo"), "Name")
		wantColumn(t, list(true), "Name")
	}},
}
