# The names of the work by hand; dbcheck does the work.
DBCHECK = npx dbcheck

.PHONY: atlas-fmt regenerate-all-from-atlas check-build go-test

# Formats the HCL schemas.
atlas-fmt:
	$(DBCHECK) fmt

# Makes migrations, sqlc schemas and Go code from the Postgres schemas.
regenerate-all-from-atlas:
	$(DBCHECK) fix --target postgres

# Compiles the generated Go code.
check-build:
	cd tools/store && go build ./... && go vet ./...

# Runs the generated queries against a private Postgres.
go-test:
	npx vitest run test/go
