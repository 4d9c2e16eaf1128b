-- What was published as open data stays as it was. Each rule refuses with its name, as a constraint would.

-- An edition is written once: only how it stands to the present goes on (argument: those columns), it gets the day of its
-- permanent copy once, and it is withdrawn once. One with a permanent copy is never removed.
CREATE OR REPLACE FUNCTION alatau_portal_keep_edition() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  free text[] := string_to_array(TG_ARGV[0], ',') || ARRAY['version', 'updated_at'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.day IS NOT NULL THEN
      RAISE 'a permanent copy stays: withdraw it'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'alatau_portal_opendataedition_permanent';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.day IS NULL THEN free := free || ARRAY['day']; END IF;
  IF OLD.withdrawn_at IS NULL THEN
    free := free || ARRAY['withdrawn_at', 'withdrawn_by_id', 'reason_kk', 'reason_ru', 'reason_en'];
  END IF;
  IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE 'an edition is written once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'alatau_portal_opendataedition_written_once';
  END IF;
  RETURN NEW;
END $$;

-- A file is written with its edition, and goes only with it or when it is withdrawn.
CREATE OR REPLACE FUNCTION alatau_portal_keep_file() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_it alatau_portal_opendataedition;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE 'a published file is written once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'alatau_portal_opendatafile_written_once';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO of_it FROM alatau_portal_opendataedition WHERE id = NEW.edition_id;
    IF of_it.withdrawn_at IS NOT NULL THEN
      RAISE 'nothing is added to an edition that was withdrawn'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'alatau_portal_opendatafile_not_withdrawn';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO of_it FROM alatau_portal_opendataedition WHERE id = OLD.edition_id;
  IF of_it.day IS NOT NULL AND of_it.withdrawn_at IS NULL THEN
    RAISE 'a permanent copy stays: withdraw its edition'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'alatau_portal_opendatafile_permanent';
  END IF;
  RETURN OLD;
END $$;
