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
	// Accepted is no refusal: the schema of the dialect can't express the rule.
	Accepted Kind = "accepted"
)

// Store is one generated package on three databases of one dialect.
type Store struct {
	Keygen, Sign, Watch *Queries
	// Classify names the kind of an error of the dialect's driver; "" for any other error.
	Classify func(error) Kind
	// Lacks are the queries that the dialect can't have; their cases are left out.
	Lacks []string
	// Instead is what a kind of refusal is in a dialect that has no such kind: a CHECK for an enum, say.
	Instead map[Kind]Kind
	// Rules are the CHECKs and unique indexes, by their names in the schemas of Postgres, that the dialect expresses by
	// other means or not at all, with what becomes of a statement that breaks them.
	Rules  map[string]Kind
	broken map[string]bool
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
	store.broken = map[string]bool{}
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
	for rule := range store.Rules {
		if !store.broken[rule] {
			t.Errorf("no case breaks %s, which is said to differ", rule)
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
	if instead, ok := s.Instead[want]; ok {
		want = instead
	}
	s.refusedAs(t, err, want)
}

func (s *Store) refusedAs(t *testing.T, err error, want Kind) {
	t.Helper()
	if got := s.Classify(err); got != want {
		t.Errorf("refused because of %q, not %q: %v", got, want, err)
	}
}

// refusedBy asserts that an error is the refusal that a CHECK or a unique index makes.
func (s *Store) refusedBy(t *testing.T, rule string, err error, want Kind) {
	t.Helper()
	if differs, ok := s.Rules[rule]; ok {
		s.broken[rule] = true
		s.refusedAs(t, err, differs)
		return
	}
	s.refused(t, err, want)
}

// breaks runs a query that breaks a CHECK or a unique index, and asserts that it is refused because of that. Where the
// dialect is said to accept it, it must: what it did is undone.
func (s *Store) breaks(t *testing.T, rule string, want Kind, queries *Queries, name string, args Args) {
	t.Helper()
	if s.Rules[rule] != Accepted {
		s.refusedBy(t, rule, queries.Fail(t, name, args), want)
		return
	}
	s.broken[rule] = true
	queries.execute(t, "BEGIN")
	if _, err := queries.Try(t, name, args); err != nil {
		t.Errorf("%s is said not to hold, but: %v", rule, err)
	}
	queries.execute(t, "ROLLBACK")
}
