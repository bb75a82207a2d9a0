package storetest

import (
	"slices"
	"testing"
)

// Kind is why a database refused a statement, whatever its dialect.
type Kind string

// The kinds of refusal that the cases tell apart.
const (
	Unique     Kind = "unique"
	ForeignKey Kind = "foreign key"
	Check      Kind = "check"
	NotNull    Kind = "not null"
	Enum       Kind = "enum"
	Overflow   Kind = "overflow"
	NoRows     Kind = "no rows"
)

// Store is one generated package on three databases of one dialect.
type Store struct {
	Keygen, Sign, Watch *Queries
	// Classify names the kind of an error of the dialect's driver; "" for any other error.
	Classify func(error) Kind
	// Lacks are the queries that the dialect can't have; their cases are left out.
	Lacks []string
}

// testCase is one promise of the schemas and queries. It makes all rows that it needs, under names of its own.
type testCase struct {
	name string
	// needs are queries that not every dialect has.
	needs []string
	run   func(t *testing.T, f *fixture)
}

// Run runs all cases against a store. At the end each query of the package must have been called by some case.
func Run(t *testing.T, store *Store) {
	ran := 0
	for _, group := range [][]testCase{keygenCases, signCases, watchCases, sharedCases} {
		for _, c := range group {
			if slices.ContainsFunc(c.needs, func(name string) bool { return slices.Contains(store.Lacks, name) }) {
				continue
			}
			ran++
			t.Run(c.name, func(t *testing.T) { c.run(t, &fixture{Store: store}) })
		}
	}
	if ran == 0 {
		t.Fatal("no case was run")
	}
	for _, name := range store.Lacks {
		if store.Keygen.Has(name) {
			t.Errorf("%s is said to be lacking, but the package has it", name)
		}
	}
	called := slices.Concat(store.Keygen.Called(), store.Sign.Called(), store.Watch.Called())
	for _, name := range store.Keygen.Names() {
		if !slices.Contains(called, name) {
			t.Errorf("no case calls %s", name)
		}
	}
}

// refused asserts that an error is a refusal of that kind.
func (s *Store) refused(t *testing.T, err error, want Kind) {
	t.Helper()
	if got := s.Classify(err); got != want {
		t.Errorf("refused because of %q, not %q: %v", got, want, err)
	}
}
