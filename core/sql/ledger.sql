-- The ledger: who may write it, and how. One function serves every table; it knows no column but those it is given.

-- An era is one life of these xids. A dump restored elsewhere, a point-in-time recovery and a failover all start the
-- transaction counter anew or fork it; all of them change the place below. Ids only grow, so an era is a range of ids.
CREATE FUNCTION core_place() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws('.', system_identifier,                                     -- another cluster
                        left(pg_walfile_name(pg_current_wal_lsn()), 8),        -- another timeline (and: not on a replica)
                        'public.core_change'::regclass::oid)                   -- another restore into the same cluster
    FROM pg_control_system()
$$;

-- Every function that reads a table names pg_temp last: a temporary table may not stand in for it.

-- Asked once a connection: a connection cannot outlive its cluster.
CREATE FUNCTION core_current_era() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE here text := nullif(current_setting('ledger.era', true), '');
BEGIN
  IF here IS NULL THEN
    here := core_place();
    IF NOT EXISTS (SELECT FROM core_era WHERE place = here) THEN
      LOCK TABLE core_era IN SHARE ROW EXCLUSIVE MODE;      -- nobody writes the ledger of a new era before it is opened
      INSERT INTO core_era (floor, place, since)
      SELECT coalesce(max(id), 0), here, now() FROM core_change
          ON CONFLICT (place) DO NOTHING;
    END IF;
    PERFORM set_config('ledger.era', here, false);
  END IF;
  RETURN here;
END $$;

-- What of a row the ledger may keep. Personal values stand as «…»: that they changed is kept, what they were is not.
-- Secrets (password and token hashes) are not kept at all.
CREATE FUNCTION core_keepable(row_ jsonb, personal text[], secret text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(e.key, CASE WHEN e.key = ANY (personal) AND e.value NOT IN ('null', '""')
                                               THEN to_jsonb('…'::text) ELSE e.value END), '{}')
    FROM jsonb_each(row_) e WHERE NOT e.key = ANY (secret)
$$;

-- Arguments: key column; personal columns; secret columns; quiet columns (each a comma-separated list, perhaps empty).
-- Full new row (the past is one lookup); of the old row only what changed (the diff is ready; old row = new || old).
-- A change of quiet columns alone (a token's last use) is not an event. One of secrets alone is, without its value.
-- The instant is the transaction's beginning, so the past never shows half a transaction; but never before the change it
-- follows (a transaction that began earlier may write later, a clock may be set back): for any one row, at grows with id.
-- SECURITY DEFINER: the application writes through this door and has no right to the table itself.
-- TimeZone and the other settings that reach the text of a value are pinned: a value is recorded the same from any session.
CREATE FUNCTION core_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET intervalstyle = 'postgres' SET bytea_output = 'hex'
AS $$
DECLARE
  was jsonb; became jsonb; key bigint; changed text[];
  tbl text := TG_TABLE_NAME;              -- not the name itself: compared with a text it spoils the order of the index
  personal text[] := string_to_array(TG_ARGV[1], ',');
  secret text[] := string_to_array(TG_ARGV[2], ',');
  quiet text[] := string_to_array(TG_ARGV[3], ',');
BEGIN
  IF TG_OP <> 'INSERT' THEN was    := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW); END IF;
  key := coalesce(became, was) ->> TG_ARGV[0];
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(e.key) INTO changed FROM jsonb_each(was) e WHERE e.value IS DISTINCT FROM became -> e.key;
    IF changed IS NULL OR changed <@ (quiet || ARRAY['version', 'updated_at']) THEN
      RETURN NULL;                                                             -- nothing changed, nothing happened
    END IF;
    IF TG_ARGV[0] = ANY (changed) THEN
      RAISE 'the key of % is permanent', tbl USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT jsonb_object_agg(k, was -> k) INTO was FROM unnest(changed) k;
  END IF;
  IF coalesce(current_setting('ledger.era', true), '') = '' THEN PERFORM core_current_era(); END IF;
  INSERT INTO core_change (xid, at, relation, row_key, op, old, new, actor, verb, note)
  VALUES (pg_current_xact_id(),
          greatest(now(), (SELECT max(c.at) FROM core_change c WHERE c.relation = tbl AND c.row_key = key)),
          tbl, key, left(TG_OP, 1), core_keepable(was, personal, secret), core_keepable(became, personal, secret),
          coalesce(nullif(current_setting('ledger.actor', true), ''), 'sql:' || session_user),
          coalesce(nullif(current_setting('ledger.verb', true), ''), 'sql'),
          coalesce(current_setting('ledger.note', true), ''));
  RETURN NULL;
END $$;

-- The database keeps version and instants, whatever is sent; a write that changes nothing leaves them alone. Argument: columns that do not count,
-- the quiet ones and the generated ones (which a BEFORE trigger sees empty).
CREATE FUNCTION core_touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE apart text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.version := 1;
    NEW.created_at := now();
    NEW.updated_at := now();
    RETURN NEW;
  END IF;
  NEW.version := OLD.version;
  NEW.created_at := OLD.created_at;
  NEW.updated_at := OLD.updated_at;
  IF to_jsonb(NEW) - apart IS DISTINCT FROM to_jsonb(OLD) - apart THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := greatest(now(), OLD.updated_at);
  END IF;
  RETURN NEW;
END $$;

-- Append-only. The one exception is named by the database itself: Django's test databases are called test_…,
-- and a production database is not (core.E004 refuses the name).
CREATE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\_%' THEN RETURN NULL; END IF;
  RAISE '% refuses %: what happened, happened', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['core_change', 'core_era'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse()', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', t);     -- also under session_replication_role
  END LOOP;
END $$;
