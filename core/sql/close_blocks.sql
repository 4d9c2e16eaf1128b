-- Seals what is not sealed yet (seal.sql), in blocks of so many changes; returns how many blocks it made.
CREATE OR REPLACE FUNCTION core_close_blocks(size integer DEFAULT 1000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s core_seal; era text; blocks integer := 0;
BEGIN
  IF size < 1 THEN RAISE 'a block has one change at least' USING ERRCODE = 'invalid_parameter_value'; END IF;
  PERFORM set_config('ledger.era', '', false);                                 -- anybody may have set it: asked anew
  PERFORM pg_advisory_xact_lock(hashtextextended('core_seal', 0));             -- one sealer; writers are never held
  era := core_current_era();
  SELECT * INTO s FROM core_seal ORDER BY no DESC LIMIT 1;
  IF NOT FOUND THEN s.no := 0; s.hash := ''; s.bookmark := ''; END IF;
  s.at := clock_timestamp();
  FOR s.bookmark, s.ids, s.digests IN                                          -- rows and bookmark from one snapshot
      SELECT era || '/' || pg_current_snapshot(), array_agg(f.id ORDER BY f.id), string_agg(f.digest, '' ORDER BY f.id)
        FROM (SELECT c.id, core_digest(c) AS digest, (row_number() OVER (ORDER BY c.id) - 1) / size AS block
                FROM core_since(s.bookmark) c) f
       GROUP BY f.block ORDER BY f.block
  LOOP
    s.no := s.no + 1;
    s.previous := s.hash;
    s.hash := core_seal_hash(s);
    INSERT INTO core_seal (no, at, bookmark, ids, digests, previous, hash)
    VALUES (s.no, s.at, s.bookmark, s.ids, s.digests, s.previous, s.hash);
    blocks := blocks + 1;
  END LOOP;
  RETURN blocks;
END $$;
