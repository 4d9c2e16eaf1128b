-- What each role of database_roles.sql may do here, given again after every migrate by the owner of the tables.
-- In one transaction: nobody ever sees half of it. Without these roles one account does everything (core.W001).
DO $$
DECLARE
  ledger text[] := ARRAY['core_change', 'core_era', 'core_seal', 'django_migrations'];
  unrecorded text[] := ledger || ARRAY['core_accesslog', 'core_jobrun', 'django_content_type'];
  here record;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN RETURN; END IF;

  -- Nobody but the owner makes anything here. A temporary table with a trigger of ours would be a door into the ledger.
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, portal_app', current_database());
  REVOKE CREATE ON SCHEMA public FROM PUBLIC, portal_app;
  FOR here IN SELECT oid::regprocedure AS name FROM pg_proc
               WHERE pronamespace = 'public'::regnamespace AND (prorettype = 'trigger'::regtype OR prosecdef)
                 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, portal_app', here.name);
  END LOOP;
  ALTER FUNCTION core_settled() SET search_path = pg_catalog, pg_temp;

  -- portal_app: everything but the ledger, which grows by its triggers and functions alone.
  GRANT USAGE ON SCHEMA public, asof, seen TO portal_app;
  REVOKE ALL ON ALL TABLES IN SCHEMA public, asof, seen FROM portal_app;
  GRANT SELECT ON ALL TABLES IN SCHEMA public, asof, seen TO portal_app;
  REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM portal_app;                -- identity columns count without asking
  FOR here IN SELECT oid::regclass AS name FROM pg_class
               WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> ALL (ledger || ARRAY['core_secret']) LOOP
    EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO portal_app', here.name);
  END LOOP;
  REVOKE UPDATE ON core_accesslog FROM portal_app;
  -- A new function with rights of the owner is nobody's until it stands here.
  GRANT EXECUTE ON FUNCTION core_current_era(), core_settled(), core_close_blocks(integer), core_longest_write() TO portal_app;
  -- Who backs up closes the open block first: what is not sealed cannot be proved after a restore.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_backup') THEN
    GRANT EXECUTE ON FUNCTION core_current_era(), core_close_blocks(integer) TO portal_backup;
  END IF;

  -- portal_ro: what the ledger may keep (its trigger names the columns it may not), and these few tables without one.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_ro') THEN RETURN; END IF;
  REVOKE ALL ON ALL TABLES IN SCHEMA public, asof, seen FROM portal_ro;
  GRANT USAGE ON SCHEMA public, asof TO portal_ro;
  GRANT SELECT ON ALL TABLES IN SCHEMA asof TO portal_ro;
  FOR here IN SELECT t.tgrelid::regclass AS name, string_agg(quote_ident(a.attname), ', ') AS columns
                FROM pg_trigger t JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum > 0 AND NOT a.attisdropped
               CROSS JOIN LATERAL string_to_array(encode(t.tgargs, 'escape'), '\000') AS told
               WHERE t.tgfoid = 'core_record'::regproc
                 AND a.attname <> ALL (string_to_array(told[2], ',') || string_to_array(told[3], ','))
               GROUP BY t.tgrelid LOOP
    EXECUTE format('GRANT SELECT (%s) ON %s TO portal_ro', here.columns, here.name);
  END LOOP;
  FOR here IN SELECT c.oid::regclass AS name FROM pg_class c
               WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (unrecorded) LOOP
    EXECUTE format('GRANT SELECT ON %s TO portal_ro', here.name);
  END LOOP;
END $$;
