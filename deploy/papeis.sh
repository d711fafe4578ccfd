#!/bin/sh
# The two roles of the database: cagec_dono owns the schema and migrates, cagec_app only works on rows.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
    --set=senha_dono="$SENHA_DONO" --set=senha_app="$SENHA_APP" <<'SQL'
CREATE ROLE cagec_dono LOGIN PASSWORD :'senha_dono';
CREATE ROLE cagec_app LOGIN PASSWORD :'senha_app';
ALTER DATABASE cagec OWNER TO cagec_dono;
SQL
