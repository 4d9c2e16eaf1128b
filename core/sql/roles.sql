-- What the application may do, given again after every migrate. portal_owner migrates; portal_app serves.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN RETURN; END IF;
  GRANT USAGE ON SCHEMA public, asof, seen TO portal_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_app;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO portal_app;
  REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON core_change, core_era FROM portal_app;
  IF to_regclass('core_seal') IS NOT NULL THEN REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON core_seal FROM portal_app; END IF;
  IF to_regclass('core_accesslog') IS NOT NULL THEN REVOKE UPDATE, TRUNCATE ON core_accesslog FROM portal_app; END IF;
  GRANT SELECT ON ALL TABLES IN SCHEMA asof, seen TO portal_app;
END $$;
