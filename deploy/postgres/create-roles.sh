#!/bin/sh
# Creates the ledger's four roles with the passwords in the secret files, and makes the owner own the database.
# Runs once, when the data folder is empty; POSTGRES_USER and POSTGRES_DB come from the image.
set -eu
secrets=${SECRETS_FOLDER:-/run/secrets}
for role in owner writer eraser reader; do
  # psql reads and quotes the password: as an argument, other processes could read it.
  printf '\\set password `cat "%s/database-%s"`\n' "$secrets" "$role"
  printf "CREATE ROLE understudy_%s LOGIN PASSWORD :'password';\n" "$role"
done | psql --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB"
psql --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
  --command="ALTER DATABASE \"$POSTGRES_DB\" OWNER TO understudy_owner"
