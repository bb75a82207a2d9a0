package storetest

import (
	"testing"
	"time"
)

var signCases = []testCase{
	{name: "a request starts with its defaults and comes back as it was", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		args := requestArgs(chainID, uuid(), nil)
		f.Sign.Exec(t, "CreateSigningRequest", args)
		row := f.Sign.One(t, "GetSigningRequest", Args{"ID": args["ID"]})
		row.Want(t, Args{
			"CustomerPublicID": args["CustomerPublicID"], "Status": "pending", "PolicyID": nil, "CompletedAt": nil,
			"Payload": args["Payload"], "PayloadDigest": args["PayloadDigest"], "Destination": args["Destination"],
		})
		row.WantNumber(t, "Amount", "1.5")
		row.WantJSON(t, "Context", `{}`)
		if got := row.Time(t, "ExpiresAt"); !got.Equal(args["ExpiresAt"].(time.Time)) {
			t.Errorf("it expires at %v, not %v", got, args["ExpiresAt"])
		}
	}},
	{name: "an idempotency token is taken once by each customer", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		args := requestArgs(chainID, uuid(), nil)
		f.Sign.Exec(t, "CreateSigningRequest", args)
		args["ID"] = uuid()
		f.refused(t, f.Sign.Fail(t, "CreateSigningRequest", args), Unique)
		args["CustomerPublicID"] = uuid()
		f.Sign.Exec(t, "CreateSigningRequest", args)
	}},
	{name: "checks compare columns with each other", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		faults := []struct {
			rule, name string
			bad        any
		}{
			{"chk_signing_requests_expires_at", "ExpiresAt", time.Now().Add(-time.Hour)},
			{"chk_signing_requests_amount", "Amount", "-0.000000000000000001"},
			{"chk_signing_requests_payload", "Payload", []byte{}},
			{"chk_signing_requests_payload_digest", "PayloadDigest", octets(31)},
		}
		for _, fault := range faults {
			args := requestArgs(chainID, uuid(), nil)
			args[fault.name] = fault.bad
			f.breaks(t, fault.rule, Check, f.Sign, "CreateSigningRequest", args)
		}
	}},
	{name: "a completed request stays completed", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		id := f.request(t, chainID, uuid(), nil)
		f.refused(t, f.Sign.Fail(t, "CompleteSigningRequest", Args{"ID": id, "Status": "burnt"}), Enum)
		pending := Args{"ID": id, "Status": "pending"}
		f.breaks(t, "chk_signing_requests_completed_at", Check, f.Sign, "CompleteSigningRequest", pending)
		for _, want := range []int64{1, 0} {
			if rows := f.Sign.Int(t, "CompleteSigningRequest", Args{"ID": id, "Status": "signed"}); rows != want {
				t.Errorf("%d rows were changed, not %d", rows, want)
			}
		}
		f.Sign.One(t, "GetSigningRequest", Args{"ID": id}).Time(t, "CompletedAt")
	}},
	{name: "requests are filtered, counted and expired", run: func(t *testing.T, f *fixture) {
		chainID, chainName := chain(t, f.Sign)
		customer := uuid()
		policyID := f.policy(t, chainID, 1, nil)
		first, second := f.request(t, chainID, customer, nil), f.request(t, chainID, customer, policyID)
		f.Sign.Int(t, "CompleteSigningRequest", Args{"ID": first, "Status": "rejected"})
		list := func(status, minAmount any) []Row {
			return f.Sign.Many(t, "ListSigningRequests", Args{
				"CustomerPublicID": customer, "Status": status, "MinAmount": minAmount, "PageSize": 10,
			})
		}
		if all := list(nil, nil); len(all) != 2 {
			t.Fatalf("%d of 2 requests are listed", len(all))
		}
		wantColumn(t, list(nil, "1.500000000000000001"), "ChainName")
		pending := list("pending", "1.5")
		wantColumn(t, pending, "ChainName", chainName)
		pending[0].Sub(t, "SigningRequest").Want(t, Args{"ID": second, "PolicyID": policyID})
		wantColumn(t, list("rejected", nil), "PolicyName", nil)

		counts := f.Sign.Many(t, "CountSigningRequests", Args{"ChainID": chainID})
		wantColumn(t, counts, "RequestCount", 1, 1)
		counts[0].WantNumber(t, "TotalAmount", "1.5")

		if rows := f.Sign.Int(t, "ExpireSigningRequests", Args{"ExpiredAt": time.Now().Add(-time.Hour)}); rows != 0 {
			t.Errorf("%d requests expired before their time", rows)
		}
		f.Sign.Int(t, "ExpireSigningRequests", Args{"ExpiredAt": soon().Add(time.Hour)})
		f.Sign.One(t, "GetSigningRequest", Args{"ID": second}).Want(t, Args{"Status": "expired"})
		f.Sign.One(t, "GetSigningRequest", Args{"ID": first}).Want(t, Args{"Status": "rejected"})
	}},
	{name: "a request outlives its policy", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		policyID := f.policy(t, chainID, 1, nil)
		id := f.request(t, chainID, uuid(), policyID)
		f.Sign.One(t, "GetSigningRequest", Args{"ID": id}).Want(t, Args{"PolicyID": policyID})
		f.Sign.Int(t, "DeletePolicy", Args{"ID": policyID})
		f.Sign.One(t, "GetSigningRequest", Args{"ID": id}).Want(t, Args{"PolicyID": nil})
	}},
	{name: "a request takes its approvals and signatures along, and leaves the audit", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		signerID := f.signer(t)
		id := f.request(t, chainID, uuid(), nil)
		f.approve(t, id, signerID, "approve")
		rows := []Args{
			{"RequestID": id, "InputNumber": 0, "Signature": octets(65), "RecoveryCode": 1},
			{"RequestID": id, "InputNumber": 1, "Signature": octets(64), "RecoveryCode": nil},
		}
		if count, err := f.Sign.Copy(t, "AddSignatures", rows); err != nil || count != 2 {
			t.Fatalf("%d signatures were copied: %v", count, err)
		}
		actor := unique("Actor")
		for i, requestID := range []any{id, nil} {
			args := Args{
				"RequestID": requestID, "Actor": actor, "EventName": "signed", "Details": nil, "PreviousHash": nil, "EntryHash": octets(32),
			}
			if i == 1 {
				args["Details"], args["PreviousHash"] = `{"ip": "192.0.2.1"}`, octets(32)
			}
			f.Sign.Int(t, "AppendAuditEntry", args)
		}
		audit := func() []Row {
			return f.Sign.Many(t, "ListAuditEntries", Args{"Actor": "a" + actor[1:], "AfterID": 0, "PageSize": 10})
		}
		wantColumn(t, audit(), "RequestID", id, nil)

		answers := f.Sign.Batch(t, "ListSignatures", []Args{{"RequestID": id}, {"RequestID": uuid()}})
		wantColumn(t, answers[0].Rows, "RecoveryCode", 1, nil)
		wantColumn(t, answers[1].Rows, "RecoveryCode")
		f.refused(t, f.Sign.Fail(t, "DeleteSigner", Args{"ID": signerID}), ForeignKey)

		f.Sign.Int(t, "DeleteSigningRequest", Args{"ID": id})
		wantColumn(t, f.Sign.Batch(t, "ListSignatures", []Args{{"RequestID": id}})[0].Rows, "RecoveryCode")
		wantColumn(t, f.Sign.Many(t, "ListApprovals", Args{"RequestID": id}), "DisplayName")
		entries := audit()
		wantColumn(t, entries, "RequestID", nil, nil)
		entries[0].Want(t, Args{"Details": nil, "PreviousHash": nil})
		entries[1].WantJSON(t, "Details", `{"ip": "192.0.2.1"}`)
		if rows := f.Sign.Int(t, "DeleteSigner", Args{"ID": signerID}); rows != 1 {
			t.Errorf("%d signers were deleted", rows)
		}
	}},
	{name: "the last decision of a signer counts", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		signerID := f.signer(t)
		id := f.request(t, chainID, uuid(), nil)
		f.approve(t, id, signerID, "reject")
		f.approve(t, id, signerID, "approve")
		rows := f.Sign.Many(t, "ListApprovals", Args{"RequestID": id})
		wantColumn(t, rows, "DisplayName", "Grace")
		rows[0].Sub(t, "Approval").Want(t, Args{"Decision": "approve", "Remark": nil, "SignerID": signerID})
	}},
	{name: "approvals count by weight, and one rejection stops a request", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		policyID := f.policy(t, chainID, 3, nil)
		heavy, light := f.signer(t), f.signer(t)
		tooHeavy := Args{"PolicyID": policyID, "SignerID": heavy, "Weight": 6}
		f.breaks(t, "chk_policy_signers_weight", Check, f.Sign, "GrantPolicySigner", tooHeavy)
		for _, weight := range []int{1, 2} {
			f.Sign.Exec(t, "GrantPolicySigner", Args{"PolicyID": policyID, "SignerID": heavy, "Weight": weight})
		}
		f.Sign.Exec(t, "GrantPolicySigner", Args{"PolicyID": policyID, "SignerID": light, "Weight": 1})
		wantColumn(t, f.Sign.Many(t, "ListPolicySigners", Args{"PolicyID": policyID}), "Weight", 2, 1)

		customer := uuid()
		id := f.request(t, chainID, customer, policyID)
		approving := func() []any {
			found := []any{}
			for _, row := range f.Sign.Many(t, "ListApprovedRequests", nil) {
				if row["ID"] == id {
					found = append(found, row["Approving"])
				}
			}
			return found
		}
		f.approve(t, id, heavy, "approve")
		if got := approving(); len(got) != 0 {
			t.Errorf("approved with a weight of 2 where 3 is needed: %v", got)
		}
		f.approve(t, id, light, "approve")
		if got := approving(); len(got) != 1 || got[0] != int64(3) {
			t.Errorf("the request is approved with %v, not 3", got)
		}
		f.approve(t, id, f.signer(t), "reject")
		if got := approving(); len(got) != 0 {
			t.Errorf("approved although rejected: %v", got)
		}
	}},
	{name: "the policy with the lowest priority that fits decides", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		other, _ := chain(t, f.Sign)
		small := f.policy(t, chainID, 1, "10.000000000000000001")
		f.policy(t, other, 0, nil)
		match := func(amount string) Args { return Args{"ChainID": chainID, "Amount": amount} }
		row := f.Sign.One(t, "FindMatchingPolicy", match("10.000000000000000001"))
		row.Want(t, Args{"ID": small, "MinApprovals": 1})
		row.WantNumber(t, "MaxAmount", "10.000000000000000001")
		f.refused(t, f.Sign.Fail(t, "FindMatchingPolicy", match("10.000000000000000002")), NoRows)
		// Without a chain it holds on each; the case takes it away again, for it would fit others' requests.
		everywhere := f.policy(t, nil, 2, nil)
		f.Sign.One(t, "FindMatchingPolicy", match("11")).Want(t, Args{"ID": everywhere, "MaxAmount": nil})
		f.Sign.Int(t, "DeletePolicy", Args{"ID": everywhere})
	}},
	{name: "spending stays within its limit", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		policyID := f.policy(t, chainID, 0, nil)
		limit := Args{"PolicyID": policyID, "PeriodKind": "day", "Ceiling": "1", "ResetsAt": soon()}
		f.Sign.Exec(t, "UpsertSpendingLimit", limit)
		for i, step := range []struct {
			amount string
			rows   int64
		}{{"0.999999999999999999", 1}, {"0.000000000000000002", 0}, {"0.000000000000000001", 1}} {
			rows := f.Sign.Int(t, "SpendWithinLimit", Args{"PolicyID": policyID, "PeriodKind": "day", "Amount": step.amount})
			if rows != step.rows {
				t.Errorf("step %d changed %d rows, not %d", i, rows, step.rows)
			}
		}
		limit["Ceiling"] = "2"
		f.Sign.Exec(t, "UpsertSpendingLimit", limit)
		rows := f.Sign.Many(t, "ListSpendingLimits", Args{"PolicyID": policyID})
		wantColumn(t, rows, "PeriodKind", "day")
		rows[0].WantNumber(t, "Spent", "1")
		rows[0].WantNumber(t, "Ceiling", "2")
		limit["PeriodKind"] = "week"
		f.breaks(t, "chk_spending_limits_period_kind", Check, f.Sign, "UpsertSpendingLimit", limit)
	}},
	{name: "nonces are handed out one after the other", run: func(t *testing.T, f *fixture) {
		chainID, _ := chain(t, f.Sign)
		for want := range int64(3) {
			if got := f.Sign.Int(t, "TakeNextNonce", Args{"ChainID": chainID, "DerivedKeyID": 9}); got != want {
				t.Errorf("the nonce is %d, not %d", got, want)
			}
		}
	}},
}
