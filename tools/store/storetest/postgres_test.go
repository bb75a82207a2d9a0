package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"dbcheck.example/store/postgres"
)

const (
	postgresURL        = "DBCHECK_EXAMPLE_POSTGRES_URL"
	postgresMigrations = "../../atlas/migrations/postgres"
)

func TestPostgres(t *testing.T) {
	Run(t, &Store{
		Keygen:   openPostgres(t, "keygen"),
		Sign:     openPostgres(t, "sign"),
		Watch:    openPostgres(t, "watch"),
		Classify: classifyPostgres,
	})
}

// openPostgres wraps the queries on one connection. It puts the committed migrations of a database into a schema of its own, in the database that the environment
// names: unqualified names do not care. The schema is dropped when the test ends.
func openPostgres(t *testing.T, database string) *Queries {
	t.Helper()
	url := os.Getenv(postgresURL)
	if url == "" {
		t.Fatalf("%s is not set: `make go-test` starts a private Postgres and sets it", postgresURL)
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The error of the parser masks the password.
		t.Fatalf("%s: %v", postgresURL, err)
	}
	admin := connect(t, config)
	schema := strings.ToLower(fmt.Sprintf("dbcheck_%s_%s", database, rand.Text()))
	execute(t, admin, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, admin, "DROP SCHEMA "+schema+" CASCADE") })

	config = config.Copy()
	config.RuntimeParams["search_path"] = schema
	conn := connect(t, config)
	execute(t, conn, migration(t, postgresMigrations, database))
	registerEnums(t, conn)
	return NewQueries(postgres.New(conn), func(sql string) error {
		_, err := conn.Exec(context.Background(), sql)
		return err
	}, nil)
}

// registerEnums tells pgx of the enums: it can't encode a list of a type that it does not know.
func registerEnums(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	rows, err := conn.Query(context.Background(), `
		SELECT typname::text FROM pg_type
		WHERE typtype = 'e' AND typnamespace = current_schema()::regnamespace
		ORDER BY typname`)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(names) == 0 {
		t.Fatalf("%d enums were found: %v", len(names), err)
	}
	for _, name := range names {
		for _, loaded := range []string{name, "_" + name} {
			kind, err := conn.LoadType(context.Background(), loaded)
			if err != nil {
				t.Fatal(err)
			}
			conn.TypeMap().RegisterType(kind)
		}
	}
}

func connect(t *testing.T, config *pgx.ConnConfig) *pgx.Conn {
	t.Helper()
	conn, err := pgx.ConnectConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func execute(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	// The simple protocol takes many statements at once.
	if _, err := conn.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
		t.Fatal(err)
	}
}

// classifyPostgres reads SQLSTATE codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
func classifyPostgres(err error) Kind {
	if errors.Is(err, pgx.ErrNoRows) {
		return NoRows
	}
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		return ""
	}
	return map[string]Kind{
		"23505": Unique, "23503": ForeignKey, "23001": ForeignKey, "23514": Check, "23502": NotNull, "22P02": Enum, "22003": Overflow,
	}[failure.Code]
}
