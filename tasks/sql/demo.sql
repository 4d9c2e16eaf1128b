-- What is invented for trying out stays apart from what is real.

-- A real instruction is not about an invented project.
CREATE FUNCTION tasks_keep_real() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF districts_is_demo(NEW.project_id) THEN
    RAISE 'an instruction is about a real project' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_of_real_project';
  END IF;
  RETURN NEW;
END $$;
