#!/bin/sh
# Run once by the image of PostgreSQL, when its volume is new: Attrium gets a database of its own and a role that is no
# superuser.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE attrium LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE attrium OWNER attrium;
SQL
