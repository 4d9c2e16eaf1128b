-- What is invented for trying out: it stays apart for ever, and may be taken out whole.

CREATE FUNCTION districts_is_demo(project bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT is_demo FROM districts_project WHERE id = project), false);
END $$;

-- What is invented stays so, and what is real never becomes it.
CREATE FUNCTION districts_keep_demo() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.is_demo <> OLD.is_demo THEN
    RAISE 'whether a project is invented does not change'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_project_demo_for_ever';
  END IF;
  RETURN NEW;
END $$;

-- A stage change and a move of a forecast are written once; those of what is invented may go. Argument: whose it is.
CREATE FUNCTION districts_written_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE project bigint := (to_jsonb(OLD) ->> 'project_id')::bigint;
BEGIN
  IF TG_ARGV[0] = 'milestone' THEN
    SELECT m.project_id INTO project FROM districts_milestone m WHERE m.id = (to_jsonb(OLD) ->> 'milestone_id')::bigint;
  END IF;
  IF TG_OP = 'DELETE' AND districts_is_demo(project) THEN RETURN OLD; END IF;
  RAISE '% is written once', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
