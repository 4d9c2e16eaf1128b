-- What became visible since a bookmark. A bookmark says what had been seen: '<place>/<snapshot>'. Take it at the top of the query that reads, never
-- in a function: a function would look with a later snapshot than the query around it.

-- Every change not yet visible then and visible now. Late commits included, nothing twice; but what
-- the asking transaction itself has written counts as unseen, whenever it was written. An unknown place (or '') means: everything.
CREATE FUNCTION core_since(bookmark text) RETURNS SETOF core_change LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT c.* FROM core_change c                                                -- in the bookmark's own era, by snapshot
   WHERE c.xid >= pg_snapshot_xmin(nullif(split_part(bookmark, '/', 2), '')::pg_snapshot)
     AND (NOT pg_visible_in_snapshot(c.xid, nullif(split_part(bookmark, '/', 2), '')::pg_snapshot)
          OR c.xid = pg_current_xact_id_if_assigned())                         -- a snapshot does not know its own transaction
     AND c.id >  (SELECT e.floor FROM core_era e WHERE e.place = split_part(bookmark, '/', 1))
     AND c.id <= (SELECT coalesce(min(n.floor), 9223372036854775807) FROM core_era e LEFT JOIN core_era n ON n.id > e.id
                   WHERE e.place = split_part(bookmark, '/', 1))
   UNION ALL
  SELECT c.* FROM core_change c                                                -- in later eras, everything
   WHERE c.id > coalesce((SELECT min(n.floor) FROM core_era e JOIN core_era n ON n.id > e.id
                           WHERE e.place = split_part(bookmark, '/', 1)),
                         (SELECT 0 WHERE NOT EXISTS (SELECT FROM core_era WHERE place = split_part(bookmark, '/', 1))))
$$;
