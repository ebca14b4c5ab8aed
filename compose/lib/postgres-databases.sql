-- One user for all services, who owns the databases and is no superuser. For psql, with the variable databases (a,b,c) and
-- GANTRY_PASSWORD in its environment. May run again and again.
\getenv password GANTRY_PASSWORD
SELECT 'CREATE ROLE gantry LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gantry') \gexec
ALTER ROLE gantry PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER gantry', name) FROM unnest(string_to_array(:'databases', ',')) AS name
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec
