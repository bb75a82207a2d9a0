// Package storetest holds what every generated store has to do, whatever its dialect: one table of cases, run against
// the packages that sqlc made from the queries of each dialect.
package storetest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"testing"
)

// Args are the arguments of a query by the names that sqlc gives them in Go ("PublicID"). A query with one parameter
// takes its value whatever the name.
type Args map[string]any

// Queries calls the methods of a generated Queries type by name, with plain Go values in and out. The generated types
// of the dialects differ (pgtype.Numeric here, string there), and the cases must not.
type Queries struct {
	target  reflect.Value
	run     func(sql string) error
	renamed map[string]string
	called  map[string]bool
}

// NewQueries wraps what the New function of a generated package returns, on one connection.
//
// run runs a statement on that connection. renamed are the parameters that the dialect can't name as the others do, by
// the name that the cases use.
func NewQueries(generated any, run func(sql string) error, renamed map[string]string) *Queries {
	return &Queries{target: reflect.ValueOf(generated), run: run, renamed: renamed, called: map[string]bool{}}
}

// Names are the generated queries, sorted.
func (q *Queries) Names() []string {
	var names []string
	for i := range q.target.NumMethod() {
		if name := q.target.Type().Method(i).Name; name != "WithTx" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// Called are the queries that were called so far, sorted.
func (q *Queries) Called() []string {
	names := make([]string, 0, len(q.called))
	for name := range q.called {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Has tells whether the package has that query.
func (q *Queries) Has(name string) bool {
	return slices.Contains(q.Names(), name)
}

// Exec runs a query that returns no rows, or a number of them.
func (q *Queries) Exec(t *testing.T, name string, args Args) {
	t.Helper()
	if _, err := q.Try(t, name, args); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// Fail runs a query that the database must refuse, and returns the error.
func (q *Queries) Fail(t *testing.T, name string, args Args) error {
	t.Helper()
	result, err := q.Try(t, name, args)
	if err == nil {
		t.Fatalf("%s was accepted, with %v", name, result)
	}
	return err
}

// Int runs a query whose result is a number: an id, a count, or the number of rows that it touched.
func (q *Queries) Int(t *testing.T, name string, args Args) int64 {
	t.Helper()
	result, err := q.Try(t, name, args)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	number, ok := result.(int64)
	if !ok {
		t.Fatalf("%s returned %T, not a number", name, result)
	}
	return number
}

// One runs a query that returns one row.
func (q *Queries) One(t *testing.T, name string, args Args) Row {
	t.Helper()
	result, err := q.Try(t, name, args)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	row, ok := result.(Row)
	if !ok {
		t.Fatalf("%s returned %T, not a row", name, result)
	}
	return row
}

// Many runs a query that returns any number of rows.
func (q *Queries) Many(t *testing.T, name string, args Args) []Row {
	t.Helper()
	result, err := q.Try(t, name, args)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	rows, ok := result.([]Row)
	if !ok {
		t.Fatalf("%s returned %T, not rows", name, result)
	}
	return rows
}

// Try runs a query. The result is nil, an int64, a Row or a []Row.
func (q *Queries) Try(t *testing.T, name string, args Args) (any, error) {
	t.Helper()
	method := q.method(t, name)
	in := []reflect.Value{reflect.ValueOf(context.Background())}
	if method.Type().NumIn() == 2 {
		argument, err := argumentOf(method.Type().In(1), q.rename(method.Type().In(1), args))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		in = append(in, argument)
	} else if len(args) != 0 {
		t.Fatalf("%s takes no arguments", name)
	}
	out := method.Call(in)
	if err, failed := out[len(out)-1].Interface().(error); failed {
		return nil, err
	}
	if len(out) == 1 {
		return nil, nil
	}
	result, err := plain(out[0])
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return result, nil
}

// Copy runs a :copyfrom query and returns how many rows went in. Where the dialect has an :exec query of that name, it
// runs once for each row.
func (q *Queries) Copy(t *testing.T, name string, rows []Args) (int64, error) {
	t.Helper()
	method := q.method(t, name)
	if method.Type().In(1).Kind() != reflect.Slice {
		for i, row := range rows {
			if _, err := q.Try(t, name, row); err != nil {
				return int64(i), err
			}
		}
		return int64(len(rows)), nil
	}
	argument, err := slice(method.Type().In(1), rows)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	out := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), argument})
	if err, failed := out[1].Interface().(error); failed {
		return 0, err
	}
	return out[0].Int(), nil
}

// Answer is what one item of a batch came to.
type Answer struct {
	Rows []Row
	Err  error
}

// Batch runs a :batchexec, :batchone or :batchmany query and returns one answer for each of its items. Where the dialect
// has an :exec, :one or :many query of that name, it runs once for each item.
func (q *Queries) Batch(t *testing.T, name string, items []Args) []Answer {
	t.Helper()
	method := q.method(t, name)
	if method.Type().In(1).Kind() != reflect.Slice {
		return q.each(t, name, items)
	}
	argument, err := slice(method.Type().In(1), items)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), argument})[0]
	answers := make([]Answer, 0, len(items))
	for _, kind := range []string{"Exec", "Query", "QueryRow"} {
		run := results.MethodByName(kind)
		if !run.IsValid() {
			continue
		}
		run.Call([]reflect.Value{reflect.MakeFunc(run.Type().In(0), func(in []reflect.Value) []reflect.Value {
			answer := Answer{}
			answer.Err, _ = in[len(in)-1].Interface().(error)
			if len(in) == 3 && answer.Err == nil {
				answer.Rows, err = rowsOf(in[1])
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			answers = append(answers, answer)
			return nil
		})})
		return answers
	}
	t.Fatalf("%s is no batch", name)
	return nil
}

func (q *Queries) each(t *testing.T, name string, items []Args) []Answer {
	t.Helper()
	answers := make([]Answer, 0, len(items))
	for _, item := range items {
		answer := Answer{}
		var result any
		if result, answer.Err = q.Try(t, name, item); result != nil {
			var err error
			if answer.Rows, err = asRows(result); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		answers = append(answers, answer)
	}
	return answers
}

// rename gives the arguments the names that the fields of a Params struct have in this dialect.
func (q *Queries) rename(target reflect.Type, args Args) Args {
	if !isRecord(target) {
		return args
	}
	renamed := Args{}
	for name, value := range args {
		if other, ok := q.renamed[name]; ok {
			name = other
		}
		renamed[name] = value
	}
	return renamed
}

func (q *Queries) execute(t *testing.T, sql string) {
	t.Helper()
	if err := q.run(sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (q *Queries) method(t *testing.T, name string) reflect.Value {
	t.Helper()
	method := q.target.MethodByName(name)
	if !method.IsValid() {
		t.Fatalf("the package %s has no query %s", q.target.Type(), name)
	}
	q.called[name] = true
	return method
}

func rowsOf(value reflect.Value) ([]Row, error) {
	result, err := plain(value)
	if err != nil {
		return nil, err
	}
	return asRows(result)
}

func asRows(result any) ([]Row, error) {
	switch rows := result.(type) {
	case []Row:
		return rows, nil
	case Row:
		return []Row{rows}, nil
	default:
		return nil, fmt.Errorf("an answer of the batch is %T, not rows", result)
	}
}
