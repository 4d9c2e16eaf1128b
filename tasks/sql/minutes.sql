-- What a signed protocol tells of its meeting stays: it is printed with the protocol.

-- Arguments: the column with the meeting's id; columns that may change all the same. What was empty may be filled in.
-- While a protocol that will supersede the signed one is being written, everything may change again.
CREATE FUNCTION tasks_keep_minuted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  now_is jsonb := to_jsonb(NEW);
  meetings bigint[] := ARRAY[(was ->> TG_ARGV[0])::bigint, (now_is ->> TG_ARGV[0])::bigint];
BEGIN
  PERFORM FROM tasks_protocol WHERE meeting_id = ANY (meetings) FOR SHARE;  -- a signature that is just being written
  IF TG_OP = 'UPDATE' AND NOT EXISTS (
       SELECT FROM jsonb_each(was) AS it
        WHERE it.value <> (now_is -> it.key) AND it.value NOT IN ('""', 'null')
          AND it.key <> ALL (string_to_array(TG_ARGV[1], ','))) THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT FROM tasks_protocol p WHERE p.meeting_id = ANY (meetings) AND p.kind = 'protocol'
                AND p.signed_on IS NOT NULL
                AND NOT EXISTS (SELECT FROM tasks_protocol s WHERE s.supersedes_id = p.id))
     AND NOT EXISTS (SELECT FROM tasks_protocol d WHERE d.meeting_id = ANY (meetings) AND d.kind = 'protocol'
                        AND d.signed_on IS NULL) THEN
    RAISE 'the protocol of the meeting is signed: what it tells of the meeting stays'
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_minuted_is_frozen';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
