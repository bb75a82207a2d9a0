package storetest

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"math"
	"reflect"
	"time"
)

var (
	scannerType = reflect.TypeFor[sql.Scanner]()
	timeType    = reflect.TypeFor[time.Time]()
)

// argumentOf builds the argument of a generated method: its Params struct, or the one value of a query with one parameter.
func argumentOf(target reflect.Type, args Args) (reflect.Value, error) {
	if isRecord(target) {
		return record(target, args)
	}
	if len(args) != 1 {
		return reflect.Value{}, fmt.Errorf("one argument is needed, %d are given", len(args))
	}
	for _, value := range args {
		return generated(target, value)
	}
	panic("unreachable")
}

// record fills a Params struct. Each field must be given, so that a NULL is one on purpose.
func record(target reflect.Type, args Args) (reflect.Value, error) {
	result := reflect.New(target).Elem()
	for i := range target.NumField() {
		field := target.Field(i)
		value, given := args[field.Name]
		if !given {
			return result, fmt.Errorf("%s.%s is not given", target.Name(), field.Name)
		}
		converted, err := generated(field.Type, value)
		if err != nil {
			return result, fmt.Errorf("%s.%s: %w", target.Name(), field.Name, err)
		}
		result.Field(i).Set(converted)
	}
	if len(args) != target.NumField() {
		return result, fmt.Errorf("%s has %d fields, %d are given", target.Name(), target.NumField(), len(args))
	}
	return result, nil
}

func slice(target reflect.Type, items []Args) (reflect.Value, error) {
	result := reflect.MakeSlice(target, 0, len(items))
	for _, item := range items {
		value, err := argumentOf(target.Elem(), item)
		if err != nil {
			return result, err
		}
		result = reflect.Append(result, value)
	}
	return result, nil
}

// generated converts a plain value to the type that sqlc chose for it. nil is NULL, or the zero value where the type has no NULL.
func generated(target reflect.Type, value any) (reflect.Value, error) {
	result := reflect.New(target)
	if value == nil {
		return result.Elem(), nil
	}
	source := reflect.ValueOf(value)
	switch {
	case source.Type().AssignableTo(target):
		result.Elem().Set(source)
	case target.Kind() == reflect.Pointer:
		inner, err := generated(target.Elem(), value)
		if err != nil {
			return result, err
		}
		result.Elem().Set(reflect.New(target.Elem()))
		result.Elem().Elem().Set(inner)
	case isBytes(target) && source.Kind() == reflect.String:
		result.Elem().SetBytes([]byte(source.String()))
	case target.Kind() == reflect.Slice && source.Kind() == reflect.Slice:
		items := reflect.MakeSlice(target, 0, source.Len())
		for i := range source.Len() {
			item, err := generated(target.Elem(), source.Index(i).Interface())
			if err != nil {
				return result, err
			}
			items = reflect.Append(items, item)
		}
		result.Elem().Set(items)
	case source.CanInt() && result.Elem().CanInt():
		if result.Elem().OverflowInt(source.Int()) {
			return result, fmt.Errorf("%d does not fit into %s", source.Int(), target)
		}
		result.Elem().SetInt(source.Int())
	case source.CanInt() && result.Elem().CanUint():
		if source.Int() < 0 || result.Elem().OverflowUint(uint64(source.Int())) {
			return result, fmt.Errorf("%d does not fit into %s", source.Int(), target)
		}
		result.Elem().SetUint(uint64(source.Int()))
	case source.Kind() == target.Kind() && source.CanConvert(target):
		result.Elem().Set(source.Convert(target))
	case result.Type().Implements(scannerType):
		if err := result.Interface().(sql.Scanner).Scan(value); err != nil {
			return result, err
		}
	default:
		return result, fmt.Errorf("a %T can't become a %s", value, target)
	}
	return result.Elem(), nil
}

// plain converts what a generated method returns: numbers to int64 or float64, records to Row, lists of them to []Row,
// and each nullable type to nil or its value.
func plain(value reflect.Value) (any, error) {
	if value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface {
		if value.IsNil() {
			return nil, nil
		}
	}
	// Before the driver's values: a time is one already, and bytes are not a list.
	switch {
	case value.Type() == timeType:
		return value.Interface(), nil
	case isBytes(value.Type()):
		if value.IsNil() {
			return nil, nil
		}
		return value.Bytes(), nil
	}
	if valuer, ok := value.Interface().(driver.Valuer); ok {
		return valuer.Value()
	}
	if counted, ok := value.Interface().(interface{ RowsAffected() int64 }); ok {
		return counted.RowsAffected(), nil
	}
	if counted, ok := value.Interface().(sql.Result); ok {
		return counted.RowsAffected()
	}
	switch {
	case value.Kind() == reflect.Pointer:
		return plain(value.Elem())
	case value.CanInt():
		return value.Int(), nil
	case value.CanUint():
		if value.Uint() > math.MaxInt64 {
			return nil, fmt.Errorf("%d is beyond the integers of the cases", value.Uint())
		}
		return int64(value.Uint()), nil
	case value.CanFloat():
		return value.Float(), nil
	case value.Kind() == reflect.Bool:
		return value.Bool(), nil
	case value.Kind() == reflect.String:
		return value.String(), nil
	case value.Kind() == reflect.Struct:
		row := Row{}
		for i := range value.NumField() {
			column, err := plain(value.Field(i))
			if err != nil {
				return nil, err
			}
			row[value.Type().Field(i).Name] = column
		}
		return row, nil
	case value.Kind() == reflect.Slice:
		if value.IsNil() {
			return nil, fmt.Errorf("a list is nil, not empty")
		}
		rows := make([]Row, 0, value.Len())
		for i := range value.Len() {
			item, err := plain(value.Index(i))
			if err != nil {
				return nil, err
			}
			row, ok := item.(Row)
			if !ok {
				row = Row{"": item}
			}
			rows = append(rows, row)
		}
		return rows, nil
	default:
		return nil, fmt.Errorf("no plain value for a %s", value.Type())
	}
}

// isBytes tells []byte and its kin, such as json.RawMessage, from other lists.
func isBytes(target reflect.Type) bool {
	return target.Kind() == reflect.Slice && target.Elem().Kind() == reflect.Uint8
}

// isRecord tells a Params struct from a value that happens to be a struct, such as pgtype.UUID.
func isRecord(target reflect.Type) bool {
	return target.Kind() == reflect.Struct && target != timeType && !reflect.PointerTo(target).Implements(scannerType)
}
