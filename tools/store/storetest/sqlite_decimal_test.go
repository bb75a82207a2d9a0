package storetest

import (
	"database/sql/driver"
	"fmt"
	"math/big"
	"strings"

	"modernc.org/sqlite"
)

// SQLite's numbers have no more than 15 digits, so the queries use its decimal extension, which works on texts:
// https://www.sqlite.org/floatingpoint.html#the_decimal_c_extension. The driver comes without it; these are the parts
// that the queries need.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("decimal_add", 2, onDecimals(func(left, right *decimal) driver.Value {
		return left.plus(right).String()
	}))
	sqlite.MustRegisterDeterministicScalarFunction("decimal_cmp", 2, onDecimals(func(left, right *decimal) driver.Value {
		return int64(left.value.Cmp(right.value))
	}))
	sqlite.MustRegisterFunction("decimal_sum", &sqlite.FunctionImpl{
		NArgs: 1, Deterministic: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return &decimalSum{}, nil },
	})
	sqlite.MustRegisterCollationUtf8("decimal", func(left, right string) int {
		a, errLeft := parseDecimal(left)
		b, errRight := parseDecimal(right)
		if errLeft != nil || errRight != nil {
			return strings.Compare(left, right)
		}
		return a.value.Cmp(b.value)
	})
}

// decimal is a number with so many digits after the point.
type decimal struct {
	value *big.Rat
	scale int
}

func parseDecimal(value driver.Value) (*decimal, error) {
	text, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("%v is a %T, not a decimal in a text", value, value)
	}
	number, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%q is no decimal", text)
	}
	_, fraction, _ := strings.Cut(text, ".")
	return &decimal{number, len(fraction)}, nil
}

func (d *decimal) plus(other *decimal) *decimal {
	return &decimal{new(big.Rat).Add(d.value, other.value), max(d.scale, other.scale)}
}

func (d *decimal) String() string { return d.value.FloatString(d.scale) }

// onDecimals makes a function of SQL that is NULL where an argument is.
func onDecimals(run func(left, right *decimal) driver.Value) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if args[0] == nil || args[1] == nil {
			return nil, nil
		}
		left, err := parseDecimal(args[0])
		if err != nil {
			return nil, err
		}
		right, err := parseDecimal(args[1])
		if err != nil {
			return nil, err
		}
		return run(left, right), nil
	}
}

// decimalSum adds up what is not NULL, and is NULL where there is nothing to add up.
type decimalSum struct {
	total *decimal
	count int
}

func (s *decimalSum) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	return s.add(args[0], 1)
}

func (s *decimalSum) WindowInverse(_ *sqlite.FunctionContext, args []driver.Value) error {
	return s.add(args[0], -1)
}

func (s *decimalSum) add(value driver.Value, sign int) error {
	if value == nil {
		return nil
	}
	number, err := parseDecimal(value)
	if err != nil {
		return err
	}
	if sign < 0 {
		number.value.Neg(number.value)
	}
	if s.total == nil {
		s.total = &decimal{value: new(big.Rat)}
	}
	s.total = s.total.plus(number)
	s.count += sign
	return nil
}

func (s *decimalSum) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	if s.count == 0 {
		return nil, nil
	}
	return s.total.String(), nil
}

func (s *decimalSum) Final(*sqlite.FunctionContext) {}
