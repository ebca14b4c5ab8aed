# shellcheck shell=bash
# How our PostgreSQL is set, on a machine (services/postgres.sh) and in a container (images/postgres/start).

# Terse and without statements: the values in them are people's names
# shellcheck disable=SC2034 # used by those who source this
postgres_settings=(-c cluster_name=gantry -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=512MB -c jit=off
  -c log_checkpoints=off -c log_error_verbosity=terse -c log_min_error_statement=panic)
