-- What a bookmark had seen: a schema of views, as that of the past is. A row that nothing was written to since is read where it stands; only the others
-- are taken from the ledger, so that a look a minute back costs what the minute has changed, however old the ledger is.

-- Keys of the rows of a table that were written to since the bookmark that was entered.
CREATE FUNCTION core_reverted(tbl text) RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE ROWS 20 AS $$
  SELECT jsonb_array_elements_text(current_setting('ledger.reverted')::jsonb -> tbl)::bigint
$$;

-- Whether the bookmark that was entered had seen a change: one of an earlier era, or one of its own that was visible to it.
CREATE FUNCTION core_was_seen(id bigint, xid xid8) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT id <= current_setting('ledger.seen_floor')::bigint
      OR (id <= current_setting('ledger.seen_ceiling')::bigint
          AND pg_visible_in_snapshot(xid, current_setting('ledger.seen_snapshot')::pg_snapshot))
$$;

-- `instant`: the clock of the reader's door then; what is public by the clock is judged by it. An unknown place is an error: nothing was seen there.
CREATE FUNCTION core_enter_seen(bookmark text, instant timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE era record;
BEGIN
  SELECT e.floor, coalesce(min(n.floor), 9223372036854775807) AS ceiling INTO STRICT era
    FROM core_era e LEFT JOIN core_era n ON n.id > e.id WHERE e.place = split_part(bookmark, '/', 1) GROUP BY e.floor;
  PERFORM set_config('ledger.reverted', coalesce(jsonb_object_agg(s.relation, s.keys), '{}')::text, true)
     FROM (SELECT c.relation, jsonb_agg(DISTINCT c.row_key) AS keys FROM core_since(bookmark) c GROUP BY c.relation) s;
  PERFORM set_config('ledger.seen_floor', era.floor::text, true),
          set_config('ledger.seen_ceiling', era.ceiling::text, true),
          set_config('ledger.seen_snapshot', split_part(bookmark, '/', 2), true),
          set_config('ledger.instant', instant::text, true),
          set_config('search_path', 'seen, public', true),
          set_config('transaction_read_only', 'on', true);
  IF current_schema() IS DISTINCT FROM 'seen' THEN
    RAISE 'what was seen is not readable: schema seen is missing or not granted';
  END IF;
END $$;

-- One view; arguments as of core_show_past.
CREATE FUNCTION core_show_seen(tbl regclass, key text, blank jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text := (SELECT relname FROM pg_class WHERE oid = tbl); standing text; taken text;
BEGIN
  SELECT string_agg(format('p.%I', attname), ', ' ORDER BY attnum),
         string_agg(CASE WHEN attname = key THEN format('gone.row_key::%s', format_type(atttypid, atttypmod))
                         ELSE format('r.%I', attname) END, ', ' ORDER BY attnum)
    INTO standing, taken FROM pg_attribute WHERE attrelid = tbl AND attnum > 0 AND NOT attisdropped;
  EXECUTE format($view$
    CREATE VIEW seen.%1$I AS
    SELECT %2$s FROM public.%1$I p WHERE p.%3$I NOT IN (SELECT public.core_reverted(%4$L))
     UNION ALL
    SELECT %5$s
      FROM public.core_reverted(%4$L) AS gone(row_key)
     CROSS JOIN LATERAL (SELECT c.op, c.new FROM public.core_change c
                          WHERE c.relation = %4$L AND c.row_key = gone.row_key AND public.core_was_seen(c.id, c.xid)
                          ORDER BY c.at DESC, c.id DESC LIMIT 1) last
     CROSS JOIN LATERAL jsonb_populate_record(NULL::public.%1$I, %6$L::jsonb || last.new) r
     WHERE last.op <> 'D'$view$, name, standing, key, name, taken, blank);
END $$;
