-- Who there is in the database, made once on a server by its master. Repeating it changes nothing.
--   portal_owner   owns everything and migrates
--   portal_app     serves: site, worker, beat, commands
--   portal_ro      reads what the ledger may keep, never secrets and personal values
--   portal_backup  dumps and follows the write-ahead log
-- What each may do with the tables is given after every migrate (roles.sql).
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['portal_owner', 'portal_app', 'portal_ro', 'portal_backup'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN EXECUTE format('CREATE ROLE %I LOGIN', name); END IF;
  END LOOP;
END $$;
ALTER ROLE portal_app NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE portal_ro NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE portal_backup NOSUPERUSER NOCREATEDB NOCREATEROLE REPLICATION NOBYPASSRLS;
-- When somebody else's transaction began is hidden otherwise, and the past would be called settled too early (core_settled).
GRANT pg_read_all_stats TO portal_owner;
GRANT pg_read_all_data TO portal_backup;
-- The portal's own connections say their limits themselves. These hold whoever comes by another way.
ALTER ROLE portal_app SET lock_timeout = '5s';
ALTER ROLE portal_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE portal_ro SET default_transaction_read_only = on;
ALTER ROLE portal_ro SET statement_timeout = '60s';
ALTER ROLE portal_ro SET idle_in_transaction_session_timeout = '60s';
