package storetest

import (
	"os"
	"path/filepath"
	"testing"
)

// migration is the one baseline of a database.
func migration(t *testing.T, migrations, database string) string {
	t.Helper()
	dir := filepath.Join(migrations, database)
	files, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s holds %d migrations, not 1", dir, len(files))
	}
	sql, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(sql)
}
