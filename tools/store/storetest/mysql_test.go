package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	driver "github.com/go-sql-driver/mysql"

	"dbcheck.example/store/mysql"
)

const (
	mysqlURL        = "DBCHECK_EXAMPLE_MYSQL_URL"
	mysqlMigrations = "../../atlas/migrations/mysql"
)

func TestMySQL(t *testing.T) {
	Run(t, &Store{
		Keygen:   openMySQL(t, "keygen"),
		Sign:     openMySQL(t, "sign"),
		Watch:    openMySQL(t, "watch"),
		Classify: classifyMySQL,
		Lacks:    []string{"AddKeyLabels", "WatchAddresses"},
		// The lists are enums here. The rest takes a CHECK on more than plain numbers, or a partial index.
		Rules: map[string]Kind{
			"chk_customers_tier":              Enum,
			"chk_wallets_temperature":         Enum,
			"chk_spending_limits_period_kind": Enum,
			"chk_price_quotes_currency":       Enum,
			// The clause of an upsert is for each unique index; this query makes it NULL for the wrong one.
			"idx_chains_name":                     NotNull,
			"chk_address_balances_balance":        Accepted,
			"chk_chains_name":                     Accepted,
			"chk_customers_country_code":          Accepted,
			"chk_quotas_consumed":                 Accepted,
			"chk_seeds_nonce":                     Accepted,
			"chk_signing_requests_amount":         Accepted,
			"chk_signing_requests_completed_at":   Accepted,
			"chk_signing_requests_expires_at":     Accepted,
			"chk_signing_requests_payload":        Accepted,
			"chk_signing_requests_payload_digest": Accepted,
			"idx_assets_chain_id":                 Accepted,
			"idx_blocks_chain_id_height":          Accepted,
		},
	})
}

// openMySQL wraps the queries on one connection. It puts the committed migrations of a database into one of their own, on
// the server that the environment names. The database is dropped when the test ends.
func openMySQL(t *testing.T, database string) *Queries {
	t.Helper()
	config := mysqlConfig(t)
	name := strings.ToLower(fmt.Sprintf("dbcheck_%s_%s", database, rand.Text()))
	admin := openSQL(t, config)
	executeSQL(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() { executeSQL(t, admin, "DROP DATABASE "+name) })

	script := migration(t, mysqlMigrations, database)
	var version string
	if err := admin.QueryRowContext(context.Background(), "SELECT VERSION()").Scan(&version); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(version, "MariaDB") {
		script = mariaCollations.Replace(script)
	}
	config.DBName = name
	conn := openSQL(t, config)
	executeSQL(t, conn, script)
	return NewQueries(mysql.New(conn), func(sql string) error {
		_, err := conn.ExecContext(context.Background(), sql)
		return err
	}, map[string]string{
		// sqlc.arg is not for LIMIT and OFFSET.
		"PageSize": "Limit", "PageOffset": "Offset",
	})
}

// mariaCollations has MariaDB's nearest to the collations of MySQL 8 that it lacks: https://mariadb.com/kb/en/supported-character-sets-and-collations/
var mariaCollations = strings.NewReplacer(
	"utf8mb4_0900_ai_ci", "utf8mb4_uca1400_nopad_ai_ci",
	"utf8mb4_0900_as_cs", "utf8mb4_uca1400_nopad_as_cs",
)

// mysqlConfig reads a URL of the form that Atlas takes: mysql://user:password@host:port/, or mysql+unix://user@/path/of/socket.
func mysqlConfig(t *testing.T) *driver.Config {
	t.Helper()
	text := os.Getenv(mysqlURL)
	if text == "" {
		t.Fatalf("%s is not set: `make go-test` starts a private server and sets it", mysqlURL)
	}
	parsed, err := url.Parse(text)
	if err != nil {
		t.Fatalf("%s is no URL", mysqlURL)
	}
	config := driver.NewConfig()
	config.User = parsed.User.Username()
	config.Passwd, _ = parsed.User.Password()
	config.Net, config.Addr = "tcp", parsed.Host
	if strings.HasSuffix(parsed.Scheme, "+unix") {
		config.Net, config.Addr = "unix", parsed.Path
	}
	config.ParseTime = true
	config.Loc = time.UTC
	config.MultiStatements = true
	// The defaults of MySQL 8, whatever the server.
	config.Params = map[string]string{
		"time_zone": "'+00:00'",
		"sql_mode":  "'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
	}
	return config
}

func openSQL(t *testing.T, config *driver.Config) *sql.Conn {
	t.Helper()
	connector, err := driver.NewConnector(config)
	if err != nil {
		t.Fatal(err)
	}
	return oneConnection(t, sql.OpenDB(connector))
}

// oneConnection keeps transactions and session variables together, as no pool does.
func oneConnection(t *testing.T, db *sql.DB) *sql.Conn {
	t.Helper()
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func executeSQL(t *testing.T, conn *sql.Conn, sql string) {
	t.Helper()
	if _, err := conn.ExecContext(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}

// classifyMySQL reads error numbers: https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
// and, from 4000 on, https://mariadb.com/kb/en/mariadb-error-code-reference/
func classifyMySQL(err error) Kind {
	if errors.Is(err, sql.ErrNoRows) {
		return NoRows
	}
	var failure *driver.MySQLError
	if !errors.As(err, &failure) {
		return ""
	}
	return map[uint16]Kind{
		1062: Unique, 1451: ForeignKey, 1452: ForeignKey, 3819: Check, 4025: Check, 1048: NotNull, 1265: Enum, 1264: Overflow, 1690: Overflow,
	}[failure.Number]
}
