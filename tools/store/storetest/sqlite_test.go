package storetest

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"dbcheck.example/store/sqlite"
)

const sqliteSchemas = "../../sqlc/schemas/sqlite"

func TestSQLite(t *testing.T) {
	Run(t, &Store{
		Keygen:   openSQLite(t, "keygen"),
		Sign:     openSQLite(t, "sign"),
		Watch:    openSQLite(t, "watch"),
		Classify: classifySQLite,
		Lacks:    []string{"AddKeyLabels", "WatchAddresses"},
		// An enum is a CHECK here, and so is the size of a numeric.
		Instead: map[Kind]Kind{Enum: Check, Overflow: Check},
	})
}

// openSQLite wraps the queries on one connection to a file of their own. It has the tables of all three databases, as the
// generated package does: no schema but the first has a shared table, and the foreign keys to it need one.
func openSQLite(t *testing.T, database string) *Queries {
	t.Helper()
	file := url.URL{Scheme: "file", Path: filepath.Join(t.TempDir(), database+".db")}
	file.RawQuery = url.Values{
		"_pragma": {"foreign_keys(on)", "synchronous(off)"},
		// Times are stored as texts: only in one format and one zone do their order and that of the instants agree.
		"_time_format": {"sqlite"},
		"_timezone":    {"UTC"},
	}.Encode()
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		t.Fatal(err)
	}
	conn := oneConnection(t, db)
	for _, schema := range []string{"keygen", "sign", "watch"} {
		script, err := os.ReadFile(filepath.Join(sqliteSchemas, schema+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		executeSQL(t, conn, string(script))
	}
	return NewQueries(sqlite.New(conn), func(sql string) error {
		_, err := conn.ExecContext(context.Background(), sql)
		return err
	}, nil)
}

// classifySQLite reads extended result codes: https://www.sqlite.org/rescode.html
func classifySQLite(err error) Kind {
	if errors.Is(err, sql.ErrNoRows) {
		return NoRows
	}
	var failure *driver.Error
	if !errors.As(err, &failure) {
		return ""
	}
	return map[int]Kind{
		codes.SQLITE_CONSTRAINT_UNIQUE: Unique, codes.SQLITE_CONSTRAINT_PRIMARYKEY: Unique,
		codes.SQLITE_CONSTRAINT_FOREIGNKEY: ForeignKey,
		// What RESTRICT gives; the schemas have no triggers.
		codes.SQLITE_CONSTRAINT_TRIGGER: ForeignKey,
		codes.SQLITE_CONSTRAINT_CHECK:   Check, codes.SQLITE_CONSTRAINT_NOTNULL: NotNull,
	}[failure.Code()]
}
