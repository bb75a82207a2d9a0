# The names of the work by hand; dbcheck does the work.
DBCHECK = npx dbcheck

.PHONY: atlas-fmt regenerate-all-from-atlas regenerate-all-from-atlas-mysql regenerate-all-from-atlas-sqlite check-build go-test

# Formats the HCL schemas.
atlas-fmt:
	$(DBCHECK) fmt

# Makes migrations, sqlc schemas and Go code from the Postgres schemas.
regenerate-all-from-atlas:
	$(DBCHECK) fix --target postgres

# The same from the MySQL schemas, with whatever server of the MySQL family there is.
regenerate-all-from-atlas-mysql:
	$(DBCHECK) fix --target mysql

# Converts the Postgres schemas to SQLite and makes the Go code from them.
regenerate-all-from-atlas-sqlite:
	$(DBCHECK) fix --target sqlite

# Compiles the generated Go code.
check-build:
	cd tools/store && go build ./... && go vet ./...

# Runs the generated queries of all dialects, against private servers.
go-test:
	npx vitest run test/go
