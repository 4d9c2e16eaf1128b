-- How long the oldest transaction that writes has been open, of whatever account: the application itself is not told when
-- those of others began.
CREATE FUNCTION core_longest_write() RETURNS interval LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(clock_timestamp() - min(xact_start), '0') FROM pg_stat_activity
   WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
$$;
