package storetest

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

var sequence atomic.Int64

// fixture makes rows that cases start from, under names that no other case has.
type fixture struct{ *Store }

func next() int64 { return sequence.Add(1) }

func uuid() string { return fmt.Sprintf("6f1e0000-0000-4000-8000-%012x", next()) }

func unique(prefix string) string { return fmt.Sprintf("%s-%d", prefix, next()) }

// octets is a value of that many bytes that no other call returns.
func octets(length int) []byte {
	value := bytes.Repeat([]byte{0xff, 0x00}, length)[:length]
	copy(value[length-4:], []byte{byte(next() >> 16), byte(sequence.Load() >> 8), byte(sequence.Load()), 0x00})
	return value
}

// missing is an id that no row has.
const missing = int64(1) << 40

// firstOf is a date.
func firstOf(month time.Month) time.Time { return time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC) }

// soon is a point in the near future, with the precision that every dialect keeps.
func soon() time.Time { return time.Now().Add(time.Hour).Truncate(time.Microsecond) }

func (f *fixture) customer(t *testing.T) (id int64, publicID string) {
	t.Helper()
	publicID = uuid()
	id = f.Keygen.Int(t, "CreateCustomer", Args{
		"PublicID": publicID, "Name": unique("Customer"), "Email": unique("post") + "@example.com", "CountryCode": nil,
	})
	return id, publicID
}

func (f *fixture) wallet(t *testing.T, customerID int64) (id, name string) {
	t.Helper()
	id, name = uuid(), unique("wallet")
	f.Keygen.Exec(t, "CreateWallet", Args{"ID": id, "CustomerID": customerID, "Name": name, "Description": nil})
	return id, name
}

func keyArgs(walletID string, parentID any) Args {
	return Args{
		"WalletID": walletID, "ParentID": parentID, "Algorithm": "secp256k1", "DerivationPath": unique("m/44h/60h/0h/0"),
		"Depth": 5, "PublicMaterial": octets(33),
	}
}

func (f *fixture) derivedKey(t *testing.T, walletID string, parentID any) int64 {
	t.Helper()
	return f.Keygen.Int(t, "CreateDerivedKey", keyArgs(walletID, parentID))
}

func (f *fixture) masterKey(t *testing.T) (id int64, label string) {
	t.Helper()
	label = unique("master")
	id = f.Keygen.Int(t, "CreateMasterKey", Args{
		"Label": label, "Algorithm": "p256", "HsmSlot": next(), "CheckValue": octets(4),
	})
	return id, label
}

func (f *fixture) seed(t *testing.T, walletID string, masterKeyID int64) {
	t.Helper()
	f.Keygen.Exec(t, "CreateSeed", Args{
		"WalletID": walletID, "MasterKeyID": masterKeyID, "Ciphertext": octets(48), "Nonce": octets(12), "Fingerprint": octets(4),
	})
}

func chainArgs(id int64, name string) Args {
	return Args{"ID": id, "Kind": "evm", "Name": name, "NativeSymbol": "ETH", "Decimals": 18, "IsTestnet": false}
}

// chain makes a network in one of the two databases that have the table.
func chain(t *testing.T, queries *Queries) (id int64, name string) {
	t.Helper()
	id, name = next(), unique("network")
	queries.Exec(t, "UpsertChain", chainArgs(id, name))
	return id, name
}

func (f *fixture) signer(t *testing.T) int64 {
	t.Helper()
	return f.Sign.Int(t, "CreateSigner", Args{
		"Email": unique("signer") + "@example.com", "DisplayName": "Grace", "Duty": "approver", "PublicMaterial": octets(32),
	})
}

func (f *fixture) policy(t *testing.T, chainID any, minApprovals int, maxAmount any) int64 {
	t.Helper()
	return f.Sign.Int(t, "CreatePolicy", Args{
		"ChainID": chainID, "Name": unique("policy"), "MinApprovals": minApprovals, "MaxAmount": maxAmount,
		"Document": `{"hours": [8, 18]}`,
	})
}

func requestArgs(chainID int64, customerPublicID string, policyID any) Args {
	return Args{
		"ID": uuid(), "CustomerPublicID": customerPublicID, "DerivedKeyID": 7, "ChainID": chainID, "PolicyID": policyID,
		"Destination": "0x00000000000000000000000000000000000000aa", "Amount": "1.5", "Payload": []byte{0, 1, 2, 255},
		"PayloadDigest": octets(32), "IdempotencyToken": unique("token"), "ExpiresAt": soon(),
	}
}

func (f *fixture) request(t *testing.T, chainID int64, customerPublicID string, policyID any) string {
	t.Helper()
	args := requestArgs(chainID, customerPublicID, policyID)
	f.Sign.Exec(t, "CreateSigningRequest", args)
	return args["ID"].(string)
}

func (f *fixture) approve(t *testing.T, requestID string, signerID int64, decision string) {
	t.Helper()
	f.Sign.Exec(t, "RecordApproval", Args{
		"RequestID": requestID, "SignerID": signerID, "Decision": decision, "Remark": nil, "Proof": octets(64),
	})
}

func (f *fixture) address(t *testing.T, chainID int64, customerPublicID string) int64 {
	t.Helper()
	return f.Watch.Int(t, "WatchAddress", Args{
		"CustomerPublicID": customerPublicID, "ChainID": chainID, "Address": fmt.Sprintf("0xAB%038x", next()), "Label": nil,
	})
}

func (f *fixture) asset(t *testing.T, chainID int64) int64 {
	t.Helper()
	return f.Watch.Int(t, "CreateAsset", Args{
		"ChainID": chainID, "ContractAddress": fmt.Sprintf("0xCC%038x", next()), "Symbol": "USDX", "Decimals": 6,
	})
}

func (f *fixture) block(t *testing.T, chainID, height int64) int64 {
	t.Helper()
	return f.Watch.Int(t, "InsertBlock", blockArgs(chainID, height))
}

func blockArgs(chainID, height int64) Args {
	return Args{
		"ChainID": chainID, "Height": height, "BlockHash": octets(32), "ParentHash": octets(32), "MinedAt": time.Now(),
	}
}

func transferArgs(blockID, addressID, assetID int64, direction, amount string) Args {
	return Args{
		"BlockID": blockID, "WatchedAddressID": addressID, "AssetID": assetID, "Direction": direction, "TxHash": octets(32),
		"LogPosition": 0, "Counterparty": nil, "Amount": amount, "Fee": nil, "RawPayload": nil,
	}
}

func (f *fixture) webhook(t *testing.T, customerPublicID string, filter any) string {
	t.Helper()
	id := uuid()
	f.Watch.Exec(t, "CreateWebhook", Args{
		"ID": id, "CustomerPublicID": customerPublicID, "TargetUrl": "https://example.com/hook",
		"SecretCiphertext": octets(48), "EventFilter": filter,
	})
	return id
}
