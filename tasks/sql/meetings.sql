-- Meetings and their papers: what the database sees to. The migration that creates the tables runs this file.

-- What is signed has been read: nothing of it waits for a person.
CREATE FUNCTION tasks_check_settled() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.signed_on IS NULL AND NEW.signed_on IS NOT NULL
     AND EXISTS (SELECT FROM tasks_protocolitem WHERE protocol_id = NEW.id AND state = 'proposed') THEN
    RAISE 'items of the protocol wait for confirmation'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_protocol_signed_is_settled';
  END IF;
  RETURN NEW;
END $$;
