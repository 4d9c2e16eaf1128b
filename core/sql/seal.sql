-- Seals. A block names its rows one by one (ids, in order) and keeps the SHA-256 of each, so that a check can say which row was touched; the blocks
-- are chained by hash. Which rows are new is asked of the last bookmark: nothing waits, nothing is skipped, and no table grows by a row per change.

-- jsonb_build_array frames the values (no separator to forge); epoch knows no time zone; the text of jsonb knows no settings.
CREATE FUNCTION core_digest(c core_change) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(jsonb_build_array(c.id, c.xid::text, extract(epoch FROM c.at), c.relation, c.row_key, c.op,
                                             c.old, c.new, c.actor, c.verb, c.note)::text, 'UTF8'))
$$;

CREATE FUNCTION core_seal_hash(s core_seal) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(s.previous || convert_to(jsonb_build_array(s.no, extract(epoch FROM s.at), s.bookmark, s.ids)::text, 'UTF8')
                || s.digests)
$$;

-- Every fault, named by a code of core.choices.SealFault. head: the newest seal as it was once printed ('<no>:<hex>'): only it shows a tail that was
-- cut off together with its seals. What is not sealed yet is no fault.
CREATE FUNCTION core_verify(head text DEFAULT '')
RETURNS TABLE (seal bigint, change bigint, fault text) LANGUAGE sql STABLE AS $$
  SELECT s.no, NULL::bigint, CASE WHEN s.no <> s.expected THEN 'missing_seal' WHEN s.previous <> s.link THEN 'broken_chain' ELSE 'altered_seal' END
    FROM (SELECT s.no, s.previous, s.hash, core_seal_hash(s) AS computed,
                 lag(s.no, 1, 0::bigint) OVER w + 1 AS expected, lag(s.hash, 1, ''::bytea) OVER w AS link
            FROM core_seal s WINDOW w AS (ORDER BY s.no)) s
   WHERE s.no <> s.expected OR s.previous <> s.link OR s.hash <> s.computed
   UNION ALL
  SELECT s.no, m.id, CASE WHEN c.id IS NULL THEN 'deleted' ELSE 'altered' END
    FROM core_seal s CROSS JOIN unnest(s.ids) WITH ORDINALITY AS m(id, place) LEFT JOIN core_change c ON c.id = m.id
   WHERE c.id IS NULL OR core_digest(c) <> substr(s.digests, (32 * (m.place - 1) + 1)::int, 32)
   UNION ALL
  SELECT NULL, c.id, 'added'
    FROM core_change c
   WHERE NOT EXISTS (SELECT FROM core_seal s CROSS JOIN unnest(s.ids) AS m(id) WHERE m.id = c.id)
     AND NOT EXISTS (SELECT FROM core_since(coalesce((SELECT bookmark FROM core_seal ORDER BY no DESC LIMIT 1), '')) n WHERE n.id = c.id)
   UNION ALL
  SELECT CASE WHEN head ~ '^[0-9]{1,18}:' THEN split_part(head, ':', 1)::bigint END, NULL, 'gone'
   WHERE head <> '' AND NOT EXISTS (SELECT FROM core_seal s WHERE s.no || ':' || encode(s.hash, 'hex') = head)
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core_seal FOR EACH STATEMENT EXECUTE FUNCTION core_refuse();
ALTER TABLE core_seal ENABLE ALWAYS TRIGGER append_only;
