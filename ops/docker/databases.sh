#!/bin/sh
# PostgreSQL's image runs this at its first start: creates a database for each service, with a role that owns it.
set -eu
for service in order-service coupon-service; do
    psql -v ON_ERROR_STOP=1 -v name="$service" -v password="$(cat "/run/secrets/$service")" -U postgres <<'END'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
END
done
