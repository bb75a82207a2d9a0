package storetest

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"testing"
	"time"
)

// Row is a result by the names of its Go fields; an embedded table is a Row in it.
type Row map[string]any

// Sub is the embedded table of that name.
func (r Row) Sub(t *testing.T, name string) Row {
	t.Helper()
	sub, ok := r.field(t, name).(Row)
	if !ok {
		t.Fatalf("%s is %T, not an embedded table", name, r[name])
	}
	return sub
}

// Int is a column of any integer type.
func (r Row) Int(t *testing.T, name string) int64 {
	t.Helper()
	number, ok := r.field(t, name).(int64)
	if !ok {
		t.Fatalf("%s is %T, not a number", name, r[name])
	}
	return number
}

// Time is a column with a point in time.
func (r Row) Time(t *testing.T, name string) time.Time {
	t.Helper()
	point, ok := r.field(t, name).(time.Time)
	if !ok {
		t.Fatalf("%s is %T, not a time", name, r[name])
	}
	return point
}

// Want compares columns: numbers with numbers whatever their type, bytes with strings of the same bytes.
func (r Row) Want(t *testing.T, want Args) {
	t.Helper()
	for name, value := range want {
		got := r.field(t, name)
		if bytes, ok := got.([]byte); ok && value != nil {
			got = string(bytes)
		}
		if bytes, ok := value.([]byte); ok {
			value = string(bytes)
		}
		if number, ok := value.(int); ok {
			value = int64(number)
		}
		if got != value {
			t.Errorf("%s is %v (%T), not %v (%T)", name, got, got, value, value)
		}
	}
}

// WantNumber compares a numeric column with a decimal, exactly.
func (r Row) WantNumber(t *testing.T, name, want string) {
	t.Helper()
	got, ok := new(big.Rat).SetString(fmt.Sprint(r.field(t, name)))
	if !ok {
		t.Fatalf("%s is %v, not a number", name, r[name])
	}
	if wanted, _ := new(big.Rat).SetString(want); got.Cmp(wanted) != 0 {
		t.Errorf("%s is %s, not %s", name, got.FloatString(18), want)
	}
}

// WantJSON compares a column with a JSON text, whatever its spaces and the order of its members.
func (r Row) WantJSON(t *testing.T, name, want string) {
	t.Helper()
	var got, wanted any
	text := fmt.Sprintf("%s", r.field(t, name))
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%s is no JSON: %s", name, text)
	}
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatalf("the wanted value is no JSON: %s", want)
	}
	if !reflect.DeepEqual(got, wanted) {
		t.Errorf("%s is %s, not %s", name, text, want)
	}
}

func (r Row) field(t *testing.T, name string) any {
	t.Helper()
	value, ok := r[name]
	if !ok {
		t.Fatalf("the result has no column %s", name)
	}
	return value
}

// column lists one column of all rows.
func column(t *testing.T, rows []Row, name string) []any {
	t.Helper()
	values := make([]any, 0, len(rows))
	for _, row := range rows {
		values = append(values, row.field(t, name))
	}
	return values
}

// wantColumn compares one column of all rows, in their order.
func wantColumn(t *testing.T, rows []Row, name string, want ...any) {
	t.Helper()
	for i, value := range want {
		if number, ok := value.(int); ok {
			want[i] = int64(number)
		}
	}
	if got := column(t, rows, name); !reflect.DeepEqual(got, append([]any{}, want...)) {
		t.Errorf("%s is %v, not %v", name, got, want)
	}
}
